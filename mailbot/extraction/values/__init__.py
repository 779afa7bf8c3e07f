"""Values: what stands at a label → the answer, or what is the matter with it. One file a kind."""
