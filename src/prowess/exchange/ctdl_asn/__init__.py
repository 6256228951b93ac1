"""CTDL-ASN: competency frameworks of the Credential Transparency Description Language."""
