"""The pages of the intranet site: pure functions of a Snapshot. No MkDocs, no files, no clock."""
