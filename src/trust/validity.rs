//! Whether a genuine certificate is still valid: what the status list of the issuer and the date of the day say about it.

use super::claim::printable;
use super::status_list::StatusList;
use super::verify::{Finding, Status};
use crate::results::{Date, Withdrawal};

impl Finding {
    /// Looks a genuine certificate up in the status list, if there is one, and compares its last day with `today`.
    #[must_use]
    pub fn check_validity(self, list: Option<&StatusList>, today: Date) -> Self {
        let (Status::Genuine, Some(serial)) = (self.status, self.serial()) else { return self };
        let serial = serial.to_owned();
        let status_list = list.map(|list| list.date);
        if let Some(list) = list {
            if let Some(expected) = self.status_lists.iter().find(|address| **address != list.address) {
                let reason = format!(
                    "{serial} is to be looked up in another status list, {expected}: the given one is {}",
                    list.address
                );
                return Self { status: Status::ValidityUnknown, reason: printable(&reason), ..self };
            }
            if let Some(entry) = list.register.find(&serial) {
                let why = entry.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
                let date = entry.date;
                return match (entry.status, list.register.latest_successor(entry)) {
                    (Withdrawal::Superseded, Some(successor)) => {
                        let reason = format!("{serial} was replaced on {date} by {successor}{why}");
                        let successor = Some(successor.to_owned());
                        Self { status: Status::Superseded, reason, successor, status_list, ..self }
                    }
                    _ => {
                        let reason = format!("{serial} was revoked on {date}{why}");
                        Self { status: Status::Revoked, reason, status_list, ..self }
                    }
                };
            }
        }
        match self.expires().filter(|expires| *expires < today) {
            Some(expires) => {
                let reason = format!("{serial} was valid until {expires}");
                Self { status: Status::Expired, reason, status_list, ..self }
            }
            None => Self { status_list, ..self },
        }
    }
}
