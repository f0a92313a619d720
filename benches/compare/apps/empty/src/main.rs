//! Costs as much as every program does.

fn main() {}
