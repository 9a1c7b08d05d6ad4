# noqa: A005  # a folder of tests, never imported by the name of the standard module
