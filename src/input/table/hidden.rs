//! What nobody is to see of a table.

use std::borrow::Cow;

use super::Table;

impl Table {
    /// Puts another text in place of every one that is in a column. No place in the
    /// table has an excerpt from then on.
    pub fn replace(&mut self, column: usize, by: impl Fn(&str) -> String) {
        self.hidden.insert(column);
        for row in &mut self.rows {
            let fields = row.fields.iter().enumerate().map(|(at, field)| match field.trim() {
                own if at == column && !own.is_empty() => Cow::Owned(by(own)),
                _ => Cow::Borrowed(field),
            });
            row.fields = fields.collect::<Vec<_>>().into();
        }
    }

    /// Takes a header away that is no header but personal data. No place in the
    /// row of headers has an excerpt from then on.
    pub fn hide_header(&mut self, column: usize) {
        self.hidden.insert(column);
        self.hides_headers = true;
        self.headers.iter_mut().skip(column).take(1).for_each(String::clear);
    }

    /// Whether another text stands in place of what the column holds.
    pub fn hides(&self, column: usize) -> bool {
        self.hidden.contains(&column)
    }

    /// Whether headers are hidden.
    pub fn hides_headers(&self) -> bool {
        self.hides_headers
    }

    /// Whether any column is hidden.
    pub fn hides_any(&self) -> bool {
        !self.hidden.is_empty()
    }
}
