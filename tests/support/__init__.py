"""What tests and benchmarks lean on: a real PostgreSQL server, fresh databases, the count of requirements shown."""
