"""What promises to customers wait for in other departments: whether there is time, and who knows of it."""

from livingpolicy.dependencies.departments import Awaited, Department, department_names, departments
from livingpolicy.dependencies.findings import findings, touched
from livingpolicy.dependencies.schedule import Chain, Step, chain, chains

__all__ = [
    "Awaited",
    "Chain",
    "Department",
    "Step",
    "chain",
    "chains",
    "department_names",
    "departments",
    "findings",
    "touched",
]
