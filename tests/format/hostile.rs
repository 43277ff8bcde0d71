//! Text that is cut, changed or made up: nothing panics.

use super::*;

fn poke(bytes: &[u8]) {
    for read in [vrplib::read, solomon::read, cordeau::read, lilim::read] {
        let _ = read(bytes, None);
    }
    if let Ok(instance) = format::read(bytes) {
        let _ = instance.problem();
    }
}

#[test]
fn cut_off_anywhere_nothing_panics() {
    let json = json::write_model(
        &format::read(WINDOWS).unwrap().model,
        Some(&TravelBy::Euclidean(Convention::Exact)),
    );
    for text in [
        SQUARE, LOWER, WINDOWS, SOLOMON, FLEET, DEPOTS, PRIZES, CORDEAU, LILIM, &json,
    ] {
        for end in 0..=text.len() {
            poke(&text.as_bytes()[..end]);
        }
    }
}

#[test]
fn any_byte_changed_nothing_panics() {
    for text in [
        SQUARE, LOWER, WINDOWS, SOLOMON, FLEET, DEPOTS, PRIZES, CORDEAU, LILIM,
    ] {
        for at in 0..text.len() {
            for byte in [b'-', b'9', b' ', b'\n', b':', b'e', 0, 0xff] {
                let mut bytes = text.as_bytes().to_vec();
                bytes[at] = byte;
                poke(&bytes);
            }
        }
    }
}
