"""The audit trail: who did what to what, when; append-only, chained by hash, so that tampering shows."""
