"""Faults: named, switchable deviations of the reference (design section 4)."""

from harness.reference.faults.catalogue import CATALOGUE
from harness.reference.faults.fault import Fault, Faults

__all__ = ["CATALOGUE", "Fault", "Faults"]
