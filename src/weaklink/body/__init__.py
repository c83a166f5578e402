"""The body: names, segments, joints, muscles, weakness. Empty until the body model is built."""
