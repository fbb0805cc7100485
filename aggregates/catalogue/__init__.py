"""(三) 主动公开目录与负面清单 · the disclosure catalogue and the negative list."""
