//! SHA-256 digests, by which manifests and caches name contents.

use sha2::{Digest as _, Sha256};

/// The HMAC-SHA-256 of `message` under `key` (RFC 2104) in lower-case hexadecimal.
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> String {
    let mut block = [0_u8; 64];
    let key = if key.len() > block.len() { Sha256::digest(key).to_vec() } else { key.to_vec() };
    block.iter_mut().zip(key).for_each(|(byte, of_key)| *byte = of_key);
    let inner = Sha256::new().chain_update(block.map(|byte| byte ^ 0x36)).chain_update(message).finalize();
    sha256(&[block.map(|byte| byte ^ 0x5C).as_slice(), &inner].concat())
}

/// The SHA-256 of `bytes` in lower-case hexadecimal.
///
/// ```
/// let digest = benchline::digest::sha256(b"abc");
/// assert!(digest.starts_with("ba7816bf") && digest.len() == 64);
/// ```
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::hmac_sha256;

    /// Test cases 2 and 6 of RFC 4231.
    #[test]
    fn hmac_gives_what_the_standard_lists() {
        assert_eq!(
            hmac_sha256(b"Jefe", b"what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            hmac_sha256(&[0xAA; 131], b"Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }
}
