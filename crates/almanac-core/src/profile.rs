#![allow(missing_docs)]
use crate::Date;

/// The facts of an article's front matter, by the kind of thing that it is about.
///
/// ```
/// use ai_almanac::Profile;
///
/// for article in ai_almanac::articles() {
///     if let Some(Profile::Company(company)) = article.profile()
///         && let (Some(founded), Some(country)) = (company.founded(), company.country())
///     {
///         println!("{article}: {country}, since {}", founded.year());
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Profile {
    /// A company or one of its units.
    Company(Company),
    /// A person.
    Person(Person),
    /// A term of the field.
    Term(Term),
}

/// Facts about a company. All of them are optional; where they come from is in the article's sources.
///
/// ```
/// use ai_almanac::{Profile, companies::NVIDIA};
///
/// let Some(Profile::Company(company)) = NVIDIA.profile() else { panic!() };
/// assert_eq!(company.founded().unwrap().year(), 1993);
/// assert_eq!(company.country(), Some("US"));
/// assert!(company.founders().contains(&"Jensen Huang"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Company {
    pub founded: Option<Date>,
    pub headquarters: Option<&'static str>,
    pub country: Option<&'static str>,
    pub founders: &'static [&'static str],
    pub leader: Option<&'static str>,
    pub ticker: Option<&'static str>,
    pub website: Option<&'static str>,
}

impl Company {
    /// When it was founded; `None` if the article doesn't say.
    ///
    /// ```
    /// # use ai_almanac::Profile;
    /// let Some(Profile::Company(company)) = ai_almanac::companies::HUAWEI.profile() else { panic!() };
    /// assert_eq!(company.founded().unwrap().year(), 1987);
    /// ```
    #[must_use]
    pub const fn founded(&self) -> Option<Date> {
        self.founded
    }

    /// The city of its headquarters; `None` if the article doesn't say.
    ///
    /// ```
    /// # use ai_almanac::Profile;
    /// let Some(Profile::Company(company)) = ai_almanac::companies::HUAWEI.profile() else { panic!() };
    /// assert_eq!(company.headquarters(), Some("Shenzhen"));
    /// ```
    #[must_use]
    pub const fn headquarters(&self) -> Option<&'static str> {
        self.headquarters
    }

    /// The country of its headquarters as two capital letters of ISO 3166-1; `None` if the article doesn't say.
    ///
    /// ```
    /// # use ai_almanac::Profile;
    /// let Some(Profile::Company(company)) = ai_almanac::companies::HUAWEI.profile() else { panic!() };
    /// assert_eq!(company.country(), Some("CN"));
    /// ```
    #[must_use]
    pub const fn country(&self) -> Option<&'static str> {
        self.country
    }

    /// Who founded it; none if the article doesn't say.
    ///
    /// ```
    /// # use ai_almanac::Profile;
    /// let Some(Profile::Company(company)) = ai_almanac::companies::HUAWEI.profile() else { panic!() };
    /// assert_eq!(company.founders(), ["Ren Zhengfei"]);
    /// ```
    #[must_use]
    pub const fn founders(&self) -> &'static [&'static str] {
        self.founders
    }

    /// Who led it when the article was last updated; `None` if the article doesn't say.
    ///
    /// ```
    /// # use ai_almanac::Profile;
    /// let Some(Profile::Company(company)) = ai_almanac::companies::NVIDIA.profile() else { panic!() };
    /// assert_eq!(company.leader(), Some("Jensen Huang"));
    /// ```
    #[must_use]
    pub const fn leader(&self) -> Option<&'static str> {
        self.leader
    }

    /// Where its shares are traded, as in `NASDAQ:NVDA`; `None` if they aren't.
    ///
    /// ```
    /// # use ai_almanac::Profile;
    /// let Some(Profile::Company(company)) = ai_almanac::companies::NVIDIA.profile() else { panic!() };
    /// assert_eq!(company.ticker(), Some("NASDAQ:NVDA"));
    /// ```
    #[must_use]
    pub const fn ticker(&self) -> Option<&'static str> {
        self.ticker
    }

    /// Its web site, a URL with `https:` or `http:`; `None` if the article doesn't say.
    ///
    /// ```
    /// # use ai_almanac::Profile;
    /// let Some(Profile::Company(company)) = ai_almanac::companies::HUAWEI.profile() else { panic!() };
    /// assert!(company.website().unwrap().starts_with("https://www.huawei.com"));
    /// ```
    #[must_use]
    pub const fn website(&self) -> Option<&'static str> {
        self.website
    }
}

/// Facts about a person. All of them are optional; where they come from is in the article's sources.
///
/// ```
/// use ai_almanac::Profile;
///
/// for article in ai_almanac::articles() {
///     if let Some(Profile::Person(person)) = article.profile() {
///         println!("{article}, known for {}", person.known_for().join(", "));
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Person {
    pub born: Option<Date>,
    pub died: Option<Date>,
    pub nationality: &'static [&'static str],
    pub known_for: &'static [&'static str],
}

impl Person {
    /// The date of birth; `None` if the article doesn't say.
    ///
    /// ```
    /// # use ai_almanac::Profile;
    /// let Some(Profile::Person(person)) = ai_almanac::pioneers::ALAN_TURING.profile() else { panic!() };
    /// assert_eq!(person.born().unwrap().to_string(), "1912-06-23");
    /// ```
    #[must_use]
    pub const fn born(&self) -> Option<Date> {
        self.born
    }

    /// The date of death; `None` for the living and if the article doesn't say.
    ///
    /// ```
    /// # use ai_almanac::Profile;
    /// let Some(Profile::Person(person)) = ai_almanac::pioneers::ALAN_TURING.profile() else { panic!() };
    /// assert_eq!(person.died().unwrap().year(), 1954);
    /// ```
    #[must_use]
    pub const fn died(&self) -> Option<Date> {
        self.died
    }

    /// Nationalities as adjectives, as in `British`; none if the article doesn't say.
    ///
    /// ```
    /// # use ai_almanac::Profile;
    /// let Some(Profile::Person(person)) = ai_almanac::pioneers::ALAN_TURING.profile() else { panic!() };
    /// assert_eq!(person.nationality(), ["British"]);
    /// ```
    #[must_use]
    pub const fn nationality(&self) -> &'static [&'static str] {
        self.nationality
    }

    /// What the person is known for, in a few words each.
    ///
    /// ```
    /// # use ai_almanac::Profile;
    /// let Some(Profile::Person(person)) = ai_almanac::pioneers::ALAN_TURING.profile() else { panic!() };
    /// assert!(!person.known_for().is_empty());
    /// ```
    #[must_use]
    pub const fn known_for(&self) -> &'static [&'static str] {
        self.known_for
    }
}

/// Other names of a term.
///
/// ```
/// use ai_almanac::Profile;
///
/// for article in ai_almanac::articles() {
///     if let Some(Profile::Term(term)) = article.profile()
///         && let Some(abbreviation) = term.abbreviation()
///     {
///         println!("{abbreviation}: {article}");
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    pub abbreviation: Option<&'static str>,
    pub also_called: &'static [&'static str],
}

impl Term {
    /// The usual abbreviation, as in `LLM`; `None` if there is none.
    ///
    /// ```
    /// # use ai_almanac::Profile;
    /// let Some(Profile::Term(term)) = ai_almanac::terms::LARGE_LANGUAGE_MODEL.profile() else { panic!() };
    /// assert_eq!(term.abbreviation(), Some("LLM"));
    /// ```
    #[must_use]
    pub const fn abbreviation(&self) -> Option<&'static str> {
        self.abbreviation
    }

    /// Other names of the same thing.
    ///
    /// ```
    /// # use ai_almanac::Profile;
    /// let Some(Profile::Term(term)) = ai_almanac::terms::TRANSFORMER.profile() else { panic!() };
    /// assert!(!term.also_called().is_empty());
    /// ```
    #[must_use]
    pub const fn also_called(&self) -> &'static [&'static str] {
        self.also_called
    }
}
