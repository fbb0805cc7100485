"""(四) 自查、抽查与整改 · self-checks, spot checks, rectification."""
