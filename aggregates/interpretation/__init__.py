"""(五) (六) 政策解读 · the interpretation of policies."""
