//! A model in the crate's own form, one thing a line.

use milkrun::model::Model;

/// The document of a model whose vehicles go along great circles at a speed in kilometres an hour, with one decimal.
pub(crate) fn text(model: &Model, kmh: &str) -> String {
    let mut parts = vec![format!("\"dimensions\": {}", json(&model.dimensions()))];
    let mut add = |name: &str, things: Vec<String>| {
        if !things.is_empty() {
            let lines = things.join(",\n      ");
            parts.push(format!("\"{name}\": [\n      {lines}\n    ]"));
        }
    };
    add("depots", model.depots().iter().map(json).collect());
    add(
        "vehicle_types",
        model.vehicle_types().iter().map(json).collect(),
    );
    add("carriers", model.carriers().iter().map(json).collect());
    add("orders", model.orders().iter().map(json).collect());
    add("pairs", model.pairs().iter().map(json).collect());
    add("groups", model.groups().iter().map(json).collect());
    let parts = parts.join(",\n    ");
    format!(
        "{{\n  \"milkrun\": 1,\n  \"travel\": {{\"haversine\": {{\"kmh\": {kmh}}}}},\n  \"model\": {{\n    {parts}\n  }}\n}}\n"
    )
}

fn json(thing: &impl serde::Serialize) -> String {
    serde_json::to_string(thing).expect("plain data serialises")
}
