import Documents
import Foundation
import TestSupport
import Testing

@testable import Cluster

/// Settings of Slurm and what docs/cluster.md says of them.
@Suite struct SettingsTests {
  /// The table of the page has every key once, with the default that it has.
  @Test func thePageHasEveryKey() throws {
    let page = try String(contentsOfFile: "\(checkout)/docs/cluster.md", encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    var defaults: [String: String] = [:]
    for row in rows where row.count == 3 {
      for key in row[0].split(separator: ",").map({ $0.trimmingCharacters(in: CharacterSet(charactersIn: " `")) }) {
        #expect(defaults.updateValue(row[2], forKey: key) == nil, "\(key) stands there twice")
      }
    }
    #expect(Set(defaults.keys) == Set(ClusterSettings.fields.map(\.schema.key)))
    let standard = ClusterSettings()
    for (key, value) in [
      ("processors", "\(standard.processors)"), ("array-size", "\(standard.arraySize)"),
      ("least-per-task", "\(standard.leastPerTask)"), ("retries", "\(standard.retries)"),
      ("on-interrupt", "`\(standard.onInterrupt.rawValue)`"), ("poll", JSONValue.numberText(standard.poll)),
      ("lag", JSONValue.numberText(standard.lag)), ("patience", JSONValue.numberText(standard.patience)),
      ("keep", "`\(standard.keep)`"),
    ] {
      #expect(defaults[key] == value, "\(key)")
    }
  }
}
