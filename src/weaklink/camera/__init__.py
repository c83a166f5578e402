"""Camera: from a video to joint coordinates. Empty until the camera is built."""
