use md5::Md5;
use openssl::hash::{hash, MessageDigest};
use ring::digest;
use sha1::{Digest, Sha1};
use sha2::Sha256;

fn of_image(image: &[u8]) -> Vec<u8> {
    // ruleid: broken-digest
    let mut hasher = Md5::new();
    hasher.update(image);
    hasher.finalize().to_vec()
}

fn of_record(record: &[u8]) -> Vec<u8> {
    // ruleid: broken-digest
    Sha1::digest(record).to_vec()
}

fn with_openssl(data: &[u8]) -> Result<Vec<u8>, Error> {
    // ruleid: broken-digest
    let first = hash(MessageDigest::md5(), data)?;
    // ruleid: broken-digest
    let second = hash(MessageDigest::sha1(), data)?;
    Ok([first, second].concat())
}

fn with_ring(data: &[u8]) -> digest::Digest {
    // ruleid: broken-digest
    digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, data)
}

fn in_a_macro(data: &[u8]) -> String {
    // ruleid: broken-digest
    format!("{:x}", md5::compute(data))
}

fn sound(data: &[u8]) -> Result<Vec<u8>, Error> {
    // ok: broken-digest
    let mut hasher = Sha256::new();
    hasher.update(data);
    // ok: broken-digest
    let other = Sha256::digest(data);
    // ok: broken-digest
    let third = hash(MessageDigest::sha256(), data)?;
    // ok: broken-digest
    let fourth = digest::digest(&digest::SHA256, data);
    // ok: broken-digest
    let checked = crc32::compute(data);
    // ok: broken-digest
    println!("{} is no longer Md5::new()", checked);
    collect(hasher, other, third, fourth)
}
