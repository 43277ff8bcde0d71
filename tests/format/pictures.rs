//! Plans to look at.

use super::*;

/// One order served, one too large, names that bite.
fn day() -> (Problem, Plan) {
    let mut model = Model::new();
    let kg = model.add_dimension("kg");
    let depot = model.add_depot(Depot::new("bakery", Place::geo(52.5, 13.25)));
    model.add_vehicle_type(VehicleType::new("van", 1, depot).capacity(kg, Load(10)));
    model.add_order(
        Order::drop_off(
            "</script><script>alert(1)</script>\u{2028}",
            Place::geo(52.75, 13.5),
        )
        .quantity(kg, Load(4))
        .window(Window::new(Time::at(9, 0), Time::at(10, 0)))
        .service(Duration::minutes(5)),
    );
    model.add_order(Order::drop_off("big", Place::geo(52.25, 13.0)).quantity(kg, Load(11)));
    let problem = Problem::new(&model, &milkrun::travel::Haversine::at_kmh(34.0)).unwrap();
    let plan = Plan::new(&problem, vec![draft(&[0])]);
    (problem, plan)
}

#[test]
fn geojson_has_lines_stops_depots_and_what_is_left() {
    let (problem, plan) = day();
    let layer: serde_json::Value = serde_json::from_str(&geojson::write(&problem, &plan)).unwrap();
    assert_eq!(layer["type"], "FeatureCollection");
    assert_eq!(layer.get("coordinates"), None);
    let kinds: Vec<&str> = layer["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["properties"]["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["route", "depot", "stop", "unserved"]);
    let features = &layer["features"];
    // Longitude first.
    assert_eq!(
        features[0]["geometry"]["coordinates"][1],
        serde_json::json!([13.5, 52.75])
    );
    assert_eq!(
        features[0]["geometry"]["coordinates"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    assert!(
        features[0]["properties"]["stroke"]
            .as_str()
            .unwrap()
            .starts_with('#')
    );
    assert_eq!(features[2]["properties"]["start"], 32_400);
    assert_eq!(features[2]["properties"]["load"]["kg"], 0);
    assert_eq!(features[3]["properties"]["code"], "too-large");
}

#[test]
fn geojson_flags_a_plane_and_leaves_rows_without_geometry() {
    for (text, flag, located) in [(SQUARE, Some("plane"), true), (LOWER, None, false)] {
        let problem = format::read(text).unwrap().problem().unwrap();
        let plan = Plan::new(&problem, vec![draft(&[0, 1])]);
        let layer: serde_json::Value =
            serde_json::from_str(&geojson::write(&problem, &plan)).unwrap();
        assert_eq!(layer.get("coordinates").and_then(|c| c.as_str()), flag);
        assert_eq!(layer["features"][0]["geometry"].is_object(), located);
    }
}

#[test]
fn the_page_holds_its_data_and_no_name_breaks_out_of_it() {
    let (problem, plan) = day();
    let page = html::write(&problem, &plan);
    assert!(!page.contains("<script>alert") && !page.contains("/*DATA*/"));
    assert_eq!(page.matches("</script>").count(), 2);
    let start = page.find("id=\"data\">").unwrap() + "id=\"data\">".len();
    let end = start + page[start..].find("</script>").unwrap();
    let data: serde_json::Value = serde_json::from_str(&page[start..end]).unwrap();
    assert_eq!(
        data["orders"][0]["name"],
        "</script><script>alert(1)</script>\u{2028}"
    );
    assert_eq!(data["unserved"][0]["help"], "capacity 11 instead of 10");
    assert_eq!(data["places"], "geo");
}

#[test]
fn a_plan_of_nothing_is_drawn() {
    let (problem, _) = day();
    let plan = Plan::new(&problem, Vec::new());
    assert!(html::write(&problem, &plan).contains("\"routes\":[]"));
    assert!(geojson::write(&problem, &plan).contains("unserved"));
}
