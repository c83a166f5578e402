"""Course: plan and diary folded into where a runner stands, the next dose, the trend, the outcome."""
