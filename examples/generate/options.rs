//! Command line: a kind, then `--name value` pairs.

/// The kind and the named values.
pub(crate) struct Options {
    kind: String,
    values: Vec<(String, String)>,
}

/// The kinds, for those who named none of them.
pub(crate) const KINDS: &str = "bakery, grocer, city, network, uchoa, solomon, hfvrp, mdvrptw, pcvrptw, vrpb, vrpspd, mtvrptwr, cordeau or lilim";

const KNOWN: [&str; 10] = [
    "seed",
    "orders",
    "out",
    "depot",
    "customers",
    "demand",
    "route",
    "horizon",
    "density",
    "width",
];

impl Options {
    pub(crate) fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let kind = words
            .next()
            .ok_or_else(|| format!("state a kind: {KINDS}"))?;
        let mut values = Vec::new();
        while let Some(word) = words.next() {
            let name = word
                .strip_prefix("--")
                .filter(|name| KNOWN.contains(name))
                .ok_or_else(|| format!("{word:?} is no option; there are {KNOWN:?}"))?;
            let value = words
                .next()
                .ok_or_else(|| format!("{word} needs a value"))?;
            values.push((name.to_owned(), value));
        }
        Ok(Self { kind, values })
    }

    pub(crate) fn kind(&self) -> &str {
        &self.kind
    }

    pub(crate) fn text(&self, name: &str, default: &str) -> String {
        let found = self.values.iter().rev().find(|(known, _)| known == name);
        found.map_or(default, |(_, value)| value).to_owned()
    }

    pub(crate) fn number(&self, name: &str, default: u64) -> Result<u64, String> {
        match self.text(name, "").as_str() {
            "" => Ok(default),
            text => text
                .parse()
                .map_err(|_| format!("--{name} {text:?} is no whole number")),
        }
    }

    /// A number of things: 1 to 2,000,000.
    pub(crate) fn count(&self, name: &str, default: u64) -> Result<usize, String> {
        match self.number(name, default)? {
            count @ 1..=2_000_000 => Ok(count as usize),
            other => Err(format!("--{name} {other} is not within 1 to 2,000,000")),
        }
    }

    pub(crate) fn one_of(&self, name: &str, allowed: &[&str]) -> Result<String, String> {
        let text = self.text(name, allowed[0]);
        if allowed.contains(&text.as_str()) {
            Ok(text)
        } else {
            Err(format!("--{name} {text:?} is none of {allowed:?}"))
        }
    }
}
