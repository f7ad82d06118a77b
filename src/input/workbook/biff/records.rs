use super::super::Refusal;

const CONTINUE: u16 = 0x003C;

/// The records of a stream, each with what continues it. A record that ends
/// after the stream is refused.
pub(super) struct Records<'a> {
    stream: &'a [u8],
}

/// A record: its kind, its data and the data of the records that continue it.
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
    pub(super) more: Vec<&'a [u8]>,
}

impl<'a> Records<'a> {
    pub(super) fn new(stream: &'a [u8]) -> Self {
        Self { stream }
    }

    fn peek(&self) -> Option<(u16, usize)> {
        let head = self.stream.first_chunk::<4>()?;
        Some((u16::from_le_bytes([head[0], head[1]]), usize::from(u16::from_le_bytes([head[2], head[3]]))))
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let data = self.stream.get(4..4 + length)?;
        self.stream = self.stream.get(4 + length..)?;
        Some(data)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = self.peek()?;
        let Some(data) = self.take(length) else {
            self.stream = &[];
            return Some(Err(super::damaged()));
        };
        let mut more = Vec::new();
        while let Some((CONTINUE, length)) = self.peek() {
            match self.take(length) {
                Some(data) => more.push(data),
                None => break,
            }
        }
        Some(Ok(Record { kind, data, more }))
    }
}

impl Record<'_> {
    pub(super) fn u8(&self, at: usize) -> Option<u8> {
        self.data.get(at).copied()
    }

    pub(super) fn u16(&self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(*self.data.get(at..)?.first_chunk()?))
    }

    pub(super) fn u32(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(*self.data.get(at..)?.first_chunk()?))
    }

    pub(super) fn f64(&self, at: usize) -> Option<f64> {
        Some(f64::from_le_bytes(*self.data.get(at..)?.first_chunk()?))
    }
}
