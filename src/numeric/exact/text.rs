//! Exact numbers as text, in files and outputs.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error as _, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::Rounding;
use super::Exact;

/// All its decimals when they end, else a fraction in lowest terms.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.places().and_then(|places| u8::try_from(places).ok()) {
            Some(places) => f.write_str(&self.fixed(places, Rounding::HalfEven)),
            None => {
                let big = self.to_big();
                write!(f, "{}/{}", big.numer(), big.denom())
            }
        }
    }
}

/// As text, so that no reader makes a binary number of it.
impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;
        impl Visitor<'_> for Written {
            type Value = Exact;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a decimal number or a text such as \"1/3\"")
            }

            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Exact, E> {
                Ok(Exact::from(number))
            }

            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Exact, E> {
                self.visit_str(&number.to_string())
            }

            // The shortest text of a binary number is the decimal that was
            // written, up to 15 digits.
            fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Exact, E> {
                self.visit_str(&number.to_string())
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Exact, E> {
                Exact::parse(text).ok_or_else(|| E::custom(format!("`{text}` is not a number")))
            }
        }
        deserializer.deserialize_any(Written).map_err(D::Error::custom)
    }
}

impl JsonSchema for Exact {
    fn schema_name() -> Cow<'static, str> {
        "Exact".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["number", "string"],
            "format": "benchline-exact",
            "description": "A decimal such as `0.6`, at most 15 digits, or a text such as `\"1/3\"`. Exact.",
        })
    }
}
