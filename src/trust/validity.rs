//! Whether a genuine certificate is still valid: what the status list of the issuer and the date of the day say about it.

use super::status_list::StatusList;
use super::verify::{Finding, Status};
use crate::results::{Date, Withdrawal};

impl Finding {
    /// Looks a genuine certificate up in the status list, if there is one, and compares its last day with `today`.
    #[must_use]
    pub fn check_validity(self, list: Option<&StatusList>, today: Date) -> Self {
        let (Status::Genuine, Some(claim)) = (self.status, &self.claim) else { return self };
        let status_list = list.map(|list| list.date);
        if let Some(list) = list
            && let Some(entry) = list.register.find(&claim.serial)
        {
            let why = entry.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
            let date = entry.date;
            return match (entry.status, list.register.latest_successor(entry)) {
                (Withdrawal::Superseded, Some(successor)) => {
                    let reason = format!("{} was replaced on {date} by {successor}{why}", claim.serial);
                    let successor = Some(successor.to_owned());
                    Self { status: Status::Superseded, reason, successor, status_list, ..self }
                }
                _ => {
                    let reason = format!("{} was revoked on {date}{why}", claim.serial);
                    Self { status: Status::Revoked, reason, status_list, ..self }
                }
            };
        }
        match claim.expires.filter(|expires| *expires < today) {
            Some(expires) => {
                let reason = format!("{} was valid until {expires}", claim.serial);
                Self { status: Status::Expired, reason, status_list, ..self }
            }
            None => Self { status_list, ..self },
        }
    }
}
