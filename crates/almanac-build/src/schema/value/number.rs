//! Numbers and quantities as people write them.

/// Reads a number; commas may part groups of three digits.
pub fn number(text: &str) -> Option<f64> {
    scaled(text, 0)
}

/// Reads a number with a prefix and a unit, both of which may be missing: `70 B`, `128k`, `80 GB`,
/// `3.8e25`.
pub fn quantity(text: &str, units: &[String]) -> Option<f64> {
    let text = text.replace('\u{a0}', " ");
    let text = text.trim();
    // The longest: `TFLOP/s` ends with `OP/s` too. And the unit before the prefix: `70 B` of bytes
    // is seventy of them, `70 B` of parameters is seventy billion.
    let unit =
        units.iter().filter(|unit| text.ends_with(unit.as_str())).max_by_key(|unit| unit.len());
    let bare = text[..text.len() - unit.map_or(0, String::len)].trim_end();
    let number = bare.trim_end_matches(char::is_alphabetic);
    let exponent = match &bare[number.len()..] {
        "" => 0,
        "k" | "K" => 3,
        "M" => 6,
        "B" | "G" => 9,
        "T" => 12,
        "P" => 15,
        "E" => 18,
        _ => return None,
    };
    scaled(number.trim_end(), exponent)
}

/// Reads a number times a power of ten. Multiplied afterwards, `4.35` times 10¹² would not be the
/// number that is nearest to it.
fn scaled(text: &str, exponent: i32) -> Option<f64> {
    let (sign, digits) = match text.strip_prefix(['-', '+']) {
        Some(digits) => (&text[..1], digits),
        None => ("", text),
    };
    let (digits, own) = match digits.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (digits, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().filter(|first| is_digits(first))?;
    if !is_digits(fraction)
        || whole.contains(',') && first.len() > 3
        || groups.any(|group| group.len() != 3 || !is_digits(group))
    {
        return None;
    }
    let exponent = own.checked_add(exponent)?;
    let number = format!("{sign}{}.{fraction}e{exponent}", whole.replace(',', ""));
    let value: f64 = number.parse().ok()?;
    // -0 prints as 0.
    value.is_finite().then_some(value + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_may_be_grouped() {
        for (text, value) in [
            ("12", 12.0),
            ("3.5", 3.5),
            ("+3", 3.0),
            ("-0", 0.0),
            ("1e3", 1e3),
            ("2.5E-2", 0.025),
            ("1,000", 1e3),
            ("-1,234,567.5", -1_234_567.5),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
        for text in [
            "",
            "-",
            ".5",
            "5.",
            "1,00",
            "1,0000",
            "1000,000",
            ",100",
            "--1",
            "1e-,000",
            "1e1,000",
            "inf",
            "NaN",
            "1e999",
            "1e99999999999",
            "0x10",
            "1_000",
            "12 eggs",
            "1.000.000",
            "٣",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn quantities_have_a_prefix_and_a_unit() {
        for (text, units, value) in [
            ("70 B", &["parameters"][..], 7e10),
            ("128k", &["tokens"], 128e3),
            ("128K tokens", &["tokens"], 128e3),
            ("3.8e25", &["FLOP"], 3.8e25),
            ("80 GB", &["B"], 80e9),
            ("70 B", &["B"], 70.0),
            ("3.35 TB/s", &["B/s"], 3.35e12),
            ("4.35\u{a0}T", &["B/s"], 4.35e12),
            ("989 TFLOP/s", &["OP/s", "FLOP/s"], 989e12),
            ("400 TOP/s", &["FLOP/s", "OP/s"], 400e12),
            ("700 W", &["W"], 700.0),
            ("1.5 T parameters", &["parameters"], 1.5e12),
            ("2,294", &["tasks"], 2294.0),
            ("1.2 P", &["W"], 1.2e15),
            ("1 E", &["W"], 1e18),
            ("-5 M", &["US dollars"], -5e6),
        ] {
            let units: Vec<String> = units.iter().map(|unit| (*unit).to_owned()).collect();
            assert_eq!(quantity(text, &units), Some(value), "{text}");
        }
        for (text, unit) in [
            ("70 X", "parameters"),
            ("B", "parameters"),
            ("80 GiB", "B"),
            ("5 mm", "m"),
            ("", "W"),
            ("W", "W"),
            ("7–8 B", "parameters"),
            ("about 7 B", "parameters"),
        ] {
            assert_eq!(quantity(text, &[unit.to_owned()]), None, "{text} {unit}");
        }
    }
}
