//! The facts of an article: what it is about, and what is known of that.

use super::fields::{Fields, UnknownKeys, describe};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::url;
use crate::yaml::{Node, Value};
use almanac_core::Date;

/// What kind of thing an article is about, and its facts.
#[derive(Clone, Debug, PartialEq)]
pub enum Profile {
    Company {
        founded: Option<Date>,
        headquarters: Option<String>,
        country: Option<String>,
        founders: Vec<String>,
        leader: Option<String>,
        ticker: Option<String>,
        website: Option<String>,
    },
    Person {
        born: Option<Date>,
        died: Option<Date>,
        nationality: Vec<String>,
        known_for: Vec<String>,
    },
    Term {
        abbreviation: Option<String>,
        also_called: Vec<String>,
    },
}

impl Fields {
    pub fn profile(&mut self, node: &Node) -> Option<Profile> {
        let Value::Map(entries) = &node.value else {
            let found = describe(&node.value);
            self.invalid(node, format!("expected a map with `kind`, found {found}"));
            return None;
        };
        let Some((_, kind)) = entries.iter().find(|(key, _)| key.name == "kind") else {
            self.invalid(node, "a profile has a `kind`: `company`, `person` or `term`");
            return None;
        };
        let kinds = ["company", "person", "term"];
        let name = self.filled(kind)?;
        if !kinds.contains(&name.value.as_str()) {
            let message = format!("no profile is of the kind `{}`", name.value);
            let fault = Diagnostic::new(Code::InvalidValue, self.place(&kind.span), message);
            self.diagnostics.push(match nearest(&name.value, kinds) {
                Some(near) => fault.did_you_mean(Some(near)),
                None => fault.label("expected `company`, `person` or `term`"),
            });
            return None;
        }
        let keys: &[&str] = match name.value.as_str() {
            "company" => &[
                "kind",
                "founded",
                "headquarters",
                "country",
                "founders",
                "leader",
                "ticker",
                "website",
            ],
            "person" => &["kind", "born", "died", "nationality", "known_for"],
            _ => &["kind", "abbreviation", "also_called"],
        };
        let whose = format!("a {} profile", name.value);
        let entries = self.known(entries.clone(), keys, UnknownKeys::Deny, &whose);
        let value =
            |name: &str| entries.iter().find(|(key, _)| key.name == name).map(|(_, node)| node);
        let mut date = |name| value(name).and_then(|node| self.date(node)).map(|date| date.value);
        let (founded, born, died) = (date("founded"), date("born"), date("died"));
        if let (Some(born), Some(died)) = (born, died)
            && died < born
            && let Some(node) = value("died")
        {
            self.invalid(node, format!("before the birth, {born}"));
        }
        let mut text = |name| value(name).and_then(|node| self.filled(node)).map(|text| text.value);
        let (headquarters, leader) = (text("headquarters"), text("leader"));
        let (ticker, abbreviation) = (text("ticker"), text("abbreviation"));
        let mut list = |name| value(name).map_or(Vec::new(), |node| self.strings(node));
        let (founders, nationality) = (list("founders"), list("nationality"));
        let (known_for, also_called) = (list("known_for"), list("also_called"));
        let country = value("country").and_then(|node| self.country(node));
        let website = value("website").and_then(|node| self.website(node));
        Some(match name.value.as_str() {
            "company" => Profile::Company {
                founded,
                headquarters,
                country,
                founders,
                leader,
                ticker,
                website,
            },
            "person" => Profile::Person { born, died, nationality, known_for },
            _ => Profile::Term { abbreviation, also_called },
        })
    }

    /// Reads a country of ISO 3166-1, as its two letters.
    fn country(&mut self, node: &Node) -> Option<String> {
        // Unquoted NO is a text in YAML 1.2.
        let code = self.filled(node)?.value;
        let is_known = |code: &str| COUNTRIES.split(' ').any(|known| known == code);
        if is_known(&code) {
            return Some(code);
        }
        let upper = code.to_ascii_uppercase();
        let message = format!("`{code}` is no country code of ISO 3166-1");
        let fault = Diagnostic::new(Code::InvalidValue, self.place(&node.span), message);
        self.diagnostics.push(match is_known(&upper) {
            true => fault.did_you_mean(Some(upper)),
            false => fault.label("two capital letters, as in `CN` or `US`"),
        });
        None
    }

    fn website(&mut self, node: &Node) -> Option<String> {
        let text = self.filled(node)?.value;
        match url::parse(&text) {
            Ok(url::Destination::Web(url)) => Some(url),
            Ok(_) => {
                self.invalid(node, "expected a URL that begins with `https://`");
                None
            }
            Err(fault) => {
                self.invalid(node, fault.message);
                None
            }
        }
    }
}

/// ISO 3166-1 alpha-2.
const COUNTRIES: &str = "\
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR \
BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ \
EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW \
GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY \
KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV \
MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY \
QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG \
TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM \
ZW";
