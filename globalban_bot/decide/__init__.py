"""Values and policy to verdicts: pure, without input, output or a clock."""
