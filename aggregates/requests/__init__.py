"""(十三) 依申请公开 · information requests."""
