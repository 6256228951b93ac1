"""Rich skill descriptors of the Open Skills Network (OSMT)."""
