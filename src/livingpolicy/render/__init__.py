"""What readers see, each output a pure function of a Snapshot."""
