"""Living Policy: a customer policy that is written, used and current."""

__version__ = "0.1.0"
