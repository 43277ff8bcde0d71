//! What a few figures say about all of their kind.

/// A mean, and the half width of its 95 % confidence interval; none for a single figure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mean {
    pub(crate) value: f64,
    half: Option<f64>,
}

impl Mean {
    /// The mean of figures that are independent of each other.
    pub(crate) fn of(figures: &[f64]) -> Option<Self> {
        let count = figures.len();
        if count == 0 {
            return None;
        }
        let mean = figures.iter().sum::<f64>() / count as f64;
        let half = (count > 1).then(|| {
            let squares: f64 = figures.iter().map(|figure| (figure - mean).powi(2)).sum();
            let deviation = (squares / (count - 1) as f64).sqrt();
            student(count - 1) * deviation / (count as f64).sqrt()
        });
        Some(Self { value: mean, half })
    }

    /// The mean over instances of figures `(instance, figure)`, each instance standing for the mean of its seeds: seeds
    /// of one instance are no independent figures. Where there is one instance alone, the mean over its seeds.
    pub(crate) fn over_instances(figures: &[(usize, f64)]) -> Option<Self> {
        let means = instance_means(figures);
        if let [_] = means[..] {
            let seeds: Vec<f64> = figures.iter().map(|(_, figure)| *figure).collect();
            return Self::of(&seeds);
        }
        let means: Vec<f64> = means.into_iter().map(|(_, mean)| mean).collect();
        Self::of(&means)
    }
}

impl std::fmt::Display for Mean {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let half = self
            .half
            .map_or("?".to_owned(), |half| format!("{half:.3}"));
        write!(f, "{:>8.3} +- {half:>6}", self.value)
    }
}

/// The mean figure of each instance, by instance.
pub(crate) fn instance_means(figures: &[(usize, f64)]) -> Vec<(usize, f64)> {
    let mut figures = figures.to_vec();
    figures.sort_by_key(|(instance, _)| *instance);
    let of_one = figures.chunk_by(|a, b| a.0 == b.0);
    of_one
        .map(|seeds| {
            let sum: f64 = seeds.iter().map(|(_, figure)| figure).sum();
            (seeds[0].0, sum / seeds.len() as f64)
        })
        .collect()
}

/// The figure in the middle; infinite ones are larger than all others.
pub(crate) fn median(figures: &[f64]) -> Option<f64> {
    let mut figures = figures.to_vec();
    figures.sort_by(f64::total_cmp);
    let (low, high) = (
        figures.get(figures.len().checked_sub(1)? / 2)?,
        figures.get(figures.len() / 2)?,
    );
    Some(f64::midpoint(*low, *high))
}

/// Student's t at 97.5 % for so many degrees of freedom; above thirty the first term of its expansion is enough.
fn student(freedom: usize) -> f64 {
    const TABLE: [f64; 30] = [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
        2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
        2.052, 2.048, 2.045, 2.042,
    ];
    let listed = TABLE.get(freedom.saturating_sub(1));
    listed.copied().unwrap_or(1.960 + 2.37 / freedom as f64)
}
