//! How often, and for how long, requests are sent again.

use std::time::Duration;

use object_store::{BackoffConfig, RetryConfig};

/// How long to ask the metadata service of a cloud machine for credentials.
pub const CREDENTIALS_TIMEOUT: Duration = Duration::from_secs(3);

/// Returns how the client retries requests that fail, for at most `patience`.
pub fn retry_config(patience: Duration) -> RetryConfig {
    let backoff =
        BackoffConfig { init_backoff: Duration::from_millis(100), max_backoff: Duration::from_secs(10), base: 2.0 };
    RetryConfig { backoff, max_retries: 1000, retry_timeout: patience }
}

/// How often to retry a write whose response was lost. The client library does not retry it, because it may have
/// succeeded.
pub const MAX_RETRIES: u32 = 3;

/// How often to look for an object that another run is creating.
pub const MAX_LOOKUPS: u32 = 3;

/// The pause before the first retry of a write. Each further pause is four times as long.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// Returns the pause before a retry of a write. `retries`: the number of retries so far.
pub fn pause_before_retry(retries: u32) -> Duration {
    FIRST_PAUSE * 4_u32.pow(retries)
}
