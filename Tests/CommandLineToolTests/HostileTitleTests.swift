import Foundation
import TestSupport
import Testing

/// A home whose catalogue names every column by text that would be markup anywhere.
private final class HostileHome {
  static let title =
    "Loss <nat> ![x](https://e.example/p.png) [y](https://e.example) `c` *s* | $m$ \\\\input{z} {{t}} =1+1"

  let tool: Tool

  init() throws {
    tool = try Tool()
    let rows = (0..<40).map { row in
      let (loss, one, two) = (Double((row * 7) % 40) / 10, Double((row * 11) % 40) / 7, Double(row) / 3)
      return "\(row),\(row % 2 == 0 ? "<b>a" : "*b*"),\(loss),\(one),\(two),\(row % 4 + 1)"
    }
    let csv = (["id,group,loss,one,two,depth"] + rows).joined(separator: "\n") + "\n"
    try FileManager.default.createDirectory(atPath: "\(tool.folder)/data", withIntermediateDirectories: true)
    try tool.write(csv, to: "data/t.csv")
    try tool.write("", to: "data/references.bib")
    try FileManager.default.copyItem(atPath: "\(checkout)/templates", toPath: "\(tool.folder)/templates")
    let digest = Process()
    digest.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    digest.arguments = ["sha256sum", "\(tool.folder)/data/t.csv"]
    let pipe = Pipe()
    digest.standardOutput = pipe
    try digest.run()
    let sum = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).prefix(64)
    let named = "title: \"\(Self.title)\""
    try tool.write(
      """
      files:
        t: {path: t.csv, address: "https://e.example/t.csv", licence: CC0-1.0, citation: none, bytes: \(csv.utf8.count), sha256: \(sum)}
      datasets:
        - id: t/rows
          title: "\(Self.title)"
          summary: "\(Self.title)"
          file: t
          format: csv
          columns:
            id: {type: integer, role: identifier, \(named)}
            group: {type: text, role: feature, \(named)}
            loss: {type: real, role: target, better: lower, \(named)}
            one: {type: real, role: metric, better: higher, \(named)}
            two: {type: real, role: metric, better: lower, \(named)}
            depth: {type: integer, role: feature, \(named)}
      """, to: "data/catalog.yaml")
    try tool.write(
      """
      analysis: hostile
      \(named)
      datasets: {rows: {use: t/rows}}
      target: {dataset: rows, column: loss}
      summaries: {sums: {dataset: rows, columns: [loss], group-by: [group]}}
      correlations:
        main: {\(named), metrics: [one, two], given: [depth], truncation: [1, 0.5], top: {sizes: [5]}, agreement: true, interval: {method: percentile, resamples: 999}}
      differences: {against: {\(named), metrics: [one, two], interval: {method: percentile, resamples: 999}}}
      strata: {layers: {\(named), metrics: [one, two], by: [group], interval: {method: percentile, resamples: 999}}}
      effects: {tell: {\(named), features: [depth, group], strata: [group], permutations: 99}}
      reductions: {shrink: {candidates: {deep: {rule: depth == 4, \(named)}}, top: [5], interval: {method: percentile, resamples: 999}}}
      forensics: {repeats: {\(named), duplicates: {dataset: rows, columns: all, id: id}}}
      published: {paper: {\(named), values: [{of: main.one.kendall-tau-b, printed: ".5", note: "<nat>"}]}}
      report:
        - text: |
            Best is {{ main.best.title }}, {{ main.best.kendall-tau-b | .2 }}, in code `{{ main.best.title }}`.

            {{ main.best.title }}
        - {table: {from: main, name: a}}
        - {table: {from: main, content: partial, name: b}}
        - {table: {from: main, content: top, name: c}}
        - {table: {from: main, content: truncation, name: d}}
        - {table: {from: main, content: missing, name: e}}
        - {table: {from: against, name: f}}
        - {table: {from: layers, name: g}}
        - {table: {from: tell, name: h}}
        - {table: {from: tell, content: levels, name: i}}
        - {table: {from: shrink, name: j}}
        - {table: {from: shrink, content: recall, name: k}}
        - {table: {from: repeats, name: l}}
        - {table: {from: paper, name: m}}
        - {table: {from: sums, name: n}}
        - {table: {from: data, name: o}}
        - {figure: {small-multiples: main, name: p, caption: "By {{ main.best.title }}"}}
        - {figure: {forest: main, name: q}}
        - {figure: {groups: sums, name: r}}
      """, to: "hostile.yaml")
  }

  func run(_ arguments: [String]) throws -> (status: Int32, output: String, errors: String) {
    try tool.run(
      arguments, environment: ["TRAINFREE_HOME": tool.folder, "TRAINFREE_DATA": "\(tool.folder)/data"])
  }
}

@Suite struct HostileTitleTests {
  @Test func titlesAreTextInEveryFile() throws {
    let home = try HostileHome()
    let result = try home.run(["run", "hostile.yaml", "-q"])
    try #require(result.status == 0, "\(result.errors)")
    let folder = "\(home.tool.folder)/reports/hostile"
    var seen = 0
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      guard ["md", "html", "tex", "svg"].contains((name as NSString).pathExtension) else { continue }
      let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
      seen += 1
      switch (name as NSString).pathExtension {
      case "md":
        // Outside code and attributes, nothing of a title stands as it is.
        let prose = text.replacing("\\`", with: "").replacing(#/`[^`\n]*`/#, with: "").replacing(
          #/alt="[^"]*"/#, with: "")
        for mark in [#/[^\\]<nat/#, #/[^\\]!\[x|[^\\]\[y/#, #/[^\\]\*s/#, #/https:\/\/e/#, #/[^\\]\$m/#] {
          let match = prose.firstMatch(of: mark).map { String($0.output) }
          #expect(match == nil, "\(name)")
        }
      case "html":
        for mark in ["<nat", "<img", "e.example\"", "<em>s", "<code>c<", "<b>a"] {
          #expect(!text.contains(mark), "\(mark) in \(name)")
        }
      case "tex":
        for mark in [#/[^\\]\$m/#, #/\\input/#, #/[^{]\\href/#] {
          let match = text.firstMatch(of: mark).map { String($0.output) }
          #expect(match == nil, "\(name)")
        }
      default: #expect(!text.contains("<nat"), "\(name)")
      }
    }
    #expect(seen > 20)
  }
}
