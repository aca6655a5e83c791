"""What every test shares: property tests judge what is found, never how fast a busy machine is."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "patient",
    # What is current (the deterministic profile, where CI is set), only without the clock.
    settings.get_profile(settings.get_current_profile_name()),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("patient")
