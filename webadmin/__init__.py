"""The admin: pages about what arrived, why it was rejected and how the cameras are doing. It changes nothing itself."""
