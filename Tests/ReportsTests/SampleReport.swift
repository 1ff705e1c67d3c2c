import Documents
import Figures
import Files
import Foundation
import TestSupport

@testable import Reports

/// A report that looks like a real one, with text that tries to be markup in every place where data go.
enum SampleReport {
  /// Markup of every format, a combining mark after each special character, direction marks, a control character, a
  /// line end, a formula.
  static let hostile =
    "=cmd|'/c'!A1 <script>alert(1)</script> \"\u{301} onload=\"x <\u{301}b> |\u{301} `\u{301} ]](x) ![p](http://h/p) "
    + "\\input{x} $x$ %\u{202E}evil\u{2066} @team #12 {{title}} \u{1}\r\n\n# h\n- l\u{2028}</style>&amp;' " + "שלום"

  static let svg = ##"""
    <?xml version="1.0" encoding="UTF-8"?>
    <!-- a remark -->
    <svg role="img" aria-labelledby="title description" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="489.6pt" height="100pt" viewBox="0 0 489.6 100">
    <title id="title">id="x" rgb(1%,2%,3%) stay</title><desc id="description">d</desc>
    <style>
    text{font-family:"DejaVu Sans"}
    .fi{fill:#1f2328}
    .fk{fill:#000000}
    .sb{stroke:#ffffff}
    @media (prefers-color-scheme:dark){
    .fi{fill:#e6edf3}
    .fk{fill:#000000}
    .sb{stroke:#0d1117}
    }
    </style>
    <defs><clipPath id="c0"><path d="M0 0l1 1"/></clipPath></defs>
    <g clip-path="url(#c0)" class="fi sb"><use xlink:href="#c0" x="1"/><text>found</text></g>
    </svg>
    """##

  static func table(_ name: String = "numbers", rows: Int = 3) -> ReportTable {
    ReportTable(
      name: name, caption: "Coefficients of *all* metrics [@someone2020]",
      columns: [.init(hostile), .init("Kendall τ-b", isNumeric: true), .init("Note")],
      rows: (0..<rows).map { index in
        switch index {
        case 0: [.init(hostile), .init("−.372", value: .number(-0.3715)), .init("n = 8,794")]
        case 1: [.init("[x] first"), .init("–", value: .null), .init("undefined: constant")]
        default: [.init("Metric \(index)"), .init(".500", value: 0.5), .init("")]
        }
      }, notes: ["Brackets: 95 % intervals [@someone2020]."])
  }

  static func figure(_ name: String = "plot") -> ReportFigure {
    ReportFigure(
      name: name, caption: "Scatter of a metric [@someone2020; @two]", altText: hostile, svg: Array(svg.utf8), pdf: [1],
      png: [2], tooltips: [Tooltip(center: Point(1, 2), radius: 3, text: hostile)], data: table("data"))
  }

  static func document(rows: Int = 3) -> ReportDocument {
    ReportDocument(
      id: "sample", title: "A report " + hostile, summary: "A *summary*.",
      cells: [
        .prose(
          """
          # First

          Text by [@someone2020] with <b>html</b>, [a link](javascript:alert(1)), ![a picture](https://h/p.png) and `[@x]`.

          #### Deep [@two]

          | a | b |
          |---|---|
          | 1 | 2 |
          """),
        .figure(figure()), .table(table(rows: rows)), .prose("## First\n\n1 < 2 & 3"), .figure(figure("other")),
      ],
      references: [
        BibliographyEntry(
          key: "someone2020",
          fields: ["author": "Ann One and Bo Two", "year": "2020", "title": "On <b>", "doi": "10.1/a<b>(c)"]),
        BibliographyEntry(key: "two", fields: ["author": "{<i>Group</i>}", "url": "javascript:alert(1)"]),
      ],
      provenance: [ProvenanceItem("version", hostile)], results: ["a": 1.5])
  }

  static func templates() throws -> TemplateSet { try TemplateSet(folders: ["\(checkout)/templates"]) }

  static func rendered(_ document: ReportDocument) throws -> [String: String] {
    let files = try ReportWriter.render(document, templates: templates()).files
    return Dictionary(uniqueKeysWithValues: files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) })
  }
}

extension String {
  /// A page without the spans of `WholeWords`, which stand around what belongs together.
  var withoutSpans: String { replacing(/<span class="whole">([^<]*)<\/span>/) { String($0.output.1) } }
}
