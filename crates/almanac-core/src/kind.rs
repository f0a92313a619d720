//! Declarations of the schema, for programs that know no schema.

use crate::Type;

/// A kind of record that the schema declares.
///
/// ```
/// let kind = ai_almanac::tables()[0].kind();
/// println!("{}: {}", kind.name(), kind.about());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kind {
    name: &'static str,
    about: &'static str,
    fields: &'static [Field],
}

impl Kind {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, about: &'static str, fields: &'static [Field]) -> Kind {
        Kind { name, about, fields }
    }

    /// Returns the name in the schema, as in `court case`.
    ///
    /// ```
    /// assert!(ai_almanac::tables().iter().any(|table| table.kind().name() == "model"));
    /// ```
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns what the schema says about the kind; empty if it says nothing.
    ///
    /// ```
    /// println!("{}", ai_almanac::tables()[0].kind().about());
    /// ```
    #[must_use]
    pub const fn about(&self) -> &'static str {
        self.about
    }

    /// Returns the fields in the schema's order.
    ///
    /// ```
    /// for field in ai_almanac::tables()[0].kind().fields() {
    ///     println!("{} ({})", field.label(), field.key());
    /// }
    /// ```
    #[must_use]
    pub const fn fields(&self) -> &'static [Field] {
        self.fields
    }
}

/// A field that the schema declares: a column of a table, or a key of the front matter.
///
/// ```
/// let field = ai_almanac::tables()[0].kind().fields()[0];
/// println!("{}: {}", field.label(), field.about());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    key: &'static str,
    label: &'static str,
    about: &'static str,
    unit: &'static str,
    of: Type,
    list: bool,
}

impl Field {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        key: &'static str,
        label: &'static str,
        about: &'static str,
        unit: &'static str,
        of: Type,
        list: bool,
    ) -> Field {
        Field { key, label, about, unit, of, list }
    }

    /// Returns the key: the label in lower case with `_`, as in `training_compute`.
    ///
    /// ```
    /// let fields = ai_almanac::tables()[0].kind().fields();
    /// assert!(fields.iter().all(|field| !field.key().is_empty()));
    /// ```
    #[must_use]
    pub const fn key(&self) -> &'static str {
        self.key
    }

    /// Returns the label for people, as in `Training compute`.
    ///
    /// ```
    /// let fields = ai_almanac::tables()[0].kind().fields();
    /// assert!(fields.iter().all(|field| !field.label().is_empty()));
    /// ```
    #[must_use]
    pub const fn label(&self) -> &'static str {
        self.label
    }

    /// Returns what the schema says about the field; empty if it says nothing.
    ///
    /// ```
    /// println!("{}", ai_almanac::tables()[0].kind().fields()[0].about());
    /// ```
    #[must_use]
    pub const fn about(&self) -> &'static str {
        self.about
    }

    /// Returns the unit of a quantity; empty for other types.
    ///
    /// ```
    /// println!("{}", ai_almanac::tables()[0].kind().fields()[0].unit());
    /// ```
    #[must_use]
    pub const fn unit(&self) -> &'static str {
        self.unit
    }

    /// Returns the type of a value, or of the items where the field is a list.
    ///
    /// ```
    /// use ai_almanac::Type;
    /// assert_eq!(ai_almanac::tables()[0].kind().fields()[0].value_type(), Type::Name);
    /// ```
    #[must_use]
    pub const fn value_type(&self) -> Type {
        self.of
    }

    /// Returns `true` if the field holds several values.
    ///
    /// ```
    /// assert!(!ai_almanac::tables()[0].kind().fields()[0].is_list());
    /// ```
    #[must_use]
    pub const fn is_list(&self) -> bool {
        self.list
    }
}
