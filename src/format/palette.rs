//! Colours of routes.

/// Colours that stay apart from each other, and from a white as from a dark ground, also for most colour-blind readers.
const FIRST: [&str; 12] = [
    "#3b7dd8", "#e0742a", "#2a9d62", "#d1495b", "#8a5fd1", "#b58900", "#0f9bb0", "#d24d9a",
    "#7a8b2e", "#9a6b4b", "#5b6fb5", "#4f9a8a",
];

/// The golden angle, in degrees: hues so far apart never come close to an earlier one soon.
const GOLDEN_ANGLE: f64 = 137.507_764;

/// The colour of the route with this index, as `#rrggbb`.
pub(super) fn colour(index: usize) -> String {
    if let Some(colour) = FIRST.get(index) {
        return (*colour).to_owned();
    }
    let hue = (index as f64 * GOLDEN_ANGLE) % 360.0;
    let (saturation, lightness) = [(0.62, 0.50), (0.50, 0.40), (0.70, 0.58)][index % 3];
    let [r, g, b] = [0.0, 8.0, 4.0].map(|n| channel(n, hue, saturation, lightness));
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// One channel of a colour given by hue, saturation and lightness.
fn channel(n: f64, hue: f64, saturation: f64, lightness: f64) -> u8 {
    let k = (n + hue / 30.0) % 12.0;
    let reach = saturation * lightness.min(1.0 - lightness);
    let value = lightness - reach * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0);
    (value * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::colour;
    use std::collections::HashSet;

    #[test]
    fn five_hundred_routes_have_five_hundred_colours() {
        let colours: HashSet<String> = (0..500).map(colour).collect();
        assert_eq!(colours.len(), 500);
        assert!(colours.iter().all(|c| c.len() == 7 && c.starts_with('#')));
    }
}
