"""The one door to git: the first-parent chain of the policy, and the files it names.

Works through GitPython's handling of processes. Options are constants, and hashes the only other arguments.
"""

from livingpolicy.gitlog.commands import FOLDER
from livingpolicy.gitlog.objects import Objects
from livingpolicy.gitlog.printed import Change, LoggedCommit
from livingpolicy.gitlog.refusals import HASH
from livingpolicy.gitlog.repository import Repository, blob_name

__all__ = ["FOLDER", "HASH", "Change", "LoggedCommit", "Objects", "Repository", "blob_name"]
