import Documents

/// A table that an analysis measured itself, run by run. It stands in files of its own; the page links to them.
package struct ReportMeasurement: Sendable {
  /// Kebab-case name; names the files.
  package var name: String
  /// What was measured and how.
  package var settings: JSONValue
  /// A row for each run: what was measured, then its metrics.
  package var runs: ReportTable
  /// A row for each undefined value of the runs, with its reason.
  package var undefined: ReportTable

  /// Creates a measurement.
  package init(name: String, settings: JSONValue, runs: ReportTable, undefined: ReportTable) {
    self.name = name
    self.settings = settings
    self.runs = runs
    self.undefined = undefined
  }

  /// Its files with the labels of their links, in order.
  var links: [(label: String, path: String)] {
    [
      ("CSV", "measurements/\(name).csv"), ("undefined values", "measurements/\(name)-undefined.csv"),
      ("settings", "measurements/\(name).json"),
    ]
  }
}
