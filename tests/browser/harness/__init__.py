"""Steps of a journey that several tests take, and what they compare."""
