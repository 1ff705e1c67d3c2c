import GRDB

extension Store {
  /// Stores measurements; one that is there already is replaced.
  ///
  /// - Precondition: Values are finite.
  public func record(_ measurements: [Measurement]) throws(StoreError) {
    try write { database in
      for item in measurements {
        var value: Double?
        var reason: String?
        switch item.outcome {
        case .value(let number):
          precondition(number.isFinite, "a value that is not finite has a reason instead")
          value = number
        case .undefined(let text): reason = text
        }
        try database.execute(
          sql: """
            INSERT OR REPLACE INTO measurements
            (architecture, metric, variant, protocol, seed, batch, value, reason, seconds)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            item.architecture, item.metric, item.variant, item.protocolName, item.seed, item.batch, value, reason,
            item.seconds,
          ])
      }
    }
  }

  /// The measurements of a metric, by architecture, variant, protocol, seed and batch.
  public func measurements(metric: String) throws(StoreError) -> [Measurement] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM measurements WHERE metric = ? ORDER BY architecture, variant, protocol, seed, batch
          """, arguments: [metric]
      ).map { row in
        let value: Double? = row["value"]
        return Measurement(
          architecture: row["architecture"], metric: row["metric"], variant: row["variant"],
          protocolName: row["protocol"], seed: row["seed"], batch: row["batch"],
          outcome: value.map { .value($0) } ?? .undefined(row["reason"] ?? ""), seconds: row["seconds"])
      }
    }
  }
}
