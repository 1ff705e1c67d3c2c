import Files
import Foundation
import TestSupport
import Testing

@testable import Reports

@Suite struct TemplateTests {
  /// A folder with one template that comes before the shipped ones.
  private func withTemplate<Result>(_ name: String, _ text: String, _ body: (String) throws -> Result) throws -> Result
  {
    let folder = NSTemporaryDirectory() + "templates-\(UUID().uuidString)"
    try FileSystem.write(Array(text.utf8), to: "\(folder)/\(name)")
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
  }

  private func failure(_ name: String, _ text: String) throws -> String {
    try withTemplate(name, text) { folder in
      let error = #expect(throws: ReportError.self) {
        try TemplateSet(folders: [folder, "\(checkout)/templates"])
      }
      return "\(try #require(error))".replacing(folder, with: "T")
    }
  }

  @Test(
    arguments: [
      ("a\n{{#x}}\n{{/y}}", "T/report.md.mustache:3:1: a section is closed by another name than it was opened with"),
      ("a {{#x}}", "T/report.md.mustache:1:3: a section is not closed"),
      ("{{! {{/a}}{{/b}}", "T/report.md.mustache:1:11: a section is closed that was not opened"),
      ("{{! {{/a}}{{#a}}", "T/report.md.mustache:1:11: a section is not closed"),
      ("x\n {{>  y}}", "T/report.md.mustache:2:2: templates stand alone; partials and inheritance are not supported"),
      ("{{=<% %>=}}", "T/report.md.mustache:1:1: other delimiters are not supported; write {{…}}"),
      ("{{% CONTENT_TYPE: HTML}}", "T/report.md.mustache:1:1: pragmas are not supported"),
      (QuotedText(repeating: "{{#a}}", 9), "T/report.md.mustache:1:49: sections are more than 8 deep"),
      (
        QuotedText(String(repeating: "{{! {{/a}}", count: 9) + String(repeating: "{{#a}}", count: 9)),
        "T/report.md.mustache:1:139: sections are more than 8 deep"
      ),
      (
        QuotedText("{{\(String(repeating: "a", count: 65))}}"),
        "T/report.md.mustache:1:1: a name is over 64 characters long"
      ),
      (
        "{{first(first(title))}}",
        "T/report.md.mustache:1:1: a tag has no end or a name that cannot be; names have letters, digits, - and _"
      ),
      ("{{{title}}", "T/report.md.mustache:1:1: a tag of {{{ has no }}}"),
      ("\n{{! a", "T/report.md.mustache:2:1: a remark has no end"),
      ("{{", "T/report.md.mustache:1:1: a tag has no end"),
      ("\u{0}", "T/report.md.mustache: it is not UTF-8 text"),
    ] as [(QuotedText, String)])
  func brokenTemplatesAreLocated(text: QuotedText, expected: String) throws {
    #expect(try failure("report.md.mustache", text.text) == "template \(expected)")
  }

  @Test func thereAreNotTooManyTags() throws {
    let most = String(repeating: "{{a}}", count: 10_000)
    #expect(throws: Never.self) { try Template(most) }
    #expect(throws: Template.Problem(line: 1, column: 50_001, reason: "there are over 10000 tags")) {
      try Template(most + "{{a}}")
    }
  }

  private func rendered(_ text: String, _ values: [String: TemplateValue]) throws -> String? {
    try Template(text).rendered(values)
  }

  @Test(arguments: [
    ("{{t}}|{{{t}}}|{{& t }}|{{none}}|{ {t}}", "T|T|T||{ {t}}"), ("{{{{t}}}}", nil), ("{{t}}}", "T}"),
    ("{{#yes}}a{{/yes}}{{^yes}}b{{/yes}}{{#no}}c{{/no}}{{^no}}d{{/no}}", "ad"),
    ("{{#t}}({{t}}){{/t}}{{#empty}}x{{/empty}}{{^empty}}y{{/empty}}", "(T)y"),
    ("{{#items}}{{n}}{{t}} {{/items}}{{^items}}x{{/items}}", "1T 2T "),
    ("a\n  {{#items}}\n- {{n}}\n  {{/items}}  \nb", "a\n- 1\n- 2\nb"), ("a\n {{! {{#x}} \nb", "a\nb"),
    ("a {{! x }}\nb", "a \nb"), ("{{#yes}}\n{{/yes}}", ""), (" {{t}}\n", " T\n"),
    ("{{#yes}}{{/yes}}\nx", "\nx"), ("{{#items}}{{#items}}{{n}}{{/items}} {{/items}}", "12 12 "),
  ])
  func tagsStandForTheirValues(text: String, expected: String?) throws {
    let values: [String: TemplateValue] = [
      "t": .text("T"), "empty": .text(""), "yes": .flag(true), "no": .flag(false),
      "items": .list([["n": "1"], ["n": "2"]]),
    ]
    guard let expected else {
      #expect(throws: Template.Problem.self) { try self.rendered(text, values) }
      return
    }
    #expect(try rendered(text, values) == expected)
  }

  @Test func whatATemplateMakesIsBounded() throws {
    let list = TemplateValue.list(Array(repeating: ["n": "1"], count: 100))
    let nested = String(repeating: "{{#a}}", count: 8) + String(repeating: "{{/a}}", count: 8)
    #expect(try rendered(nested, ["a": list]) == nil)
    let long = TemplateValue.text(String(repeating: "x", count: 1 << 20))
    #expect(try rendered(String(repeating: "{{t}}", count: 300), ["t": long]) == nil)
    #expect(try rendered(String(repeating: "{{t}}", count: 3), ["t": long])?.utf8.count == 3 << 20)
  }

  @Test(arguments: ["{", "}", "{{! x }}", "{{a}}", "{{#a}}{{/a}}", " \t", "\n"])
  func readingTakesLinearTime(part: String) {
    let text = String(repeating: part, count: (1 << 20) / part.utf8.count)
    let start = ContinuousClock.now
    _ = try? Template(text)
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test func assetsCannotLeaveTheirElement() throws {
    #expect(try failure("script.js", "x = '</SCRIPT>'").contains("T/script.js: </script and <!--"))
    #expect(try failure("style.css", "a{}</style >").contains("</style and <!--"))
  }

  @Test func aUsersTemplateComesFirstAndItsValuesAreSafe() throws {
    try withTemplate(
      "report.html.mustache", "<p title=\"{{title}}\">{{{title}}}{{#provenance}}{{{value}}}{{/provenance}}</p>"
    ) { folder in
      let set = try TemplateSet(folders: [folder, "\(checkout)/templates"])
      let files = try ReportWriter.render(SampleReport.document(), templates: set).files
      let page = String(decoding: try #require(files.first { $0.path == "index.html" }).bytes, as: UTF8.self)
      #expect(page.hasPrefix("<p title=\"A report =cmd|&#39;/c&#39;") && !page.contains("<script"))
      #expect(page.unicodeScalars.count { $0 == "\"" } == 2)
    }
  }

  @Test func lineEndsAreThoseThatABrowserSees() throws {
    try withTemplate("script.js", "a;\r\nb;\r") { folder in
      let set = try TemplateSet(folders: [folder, "\(checkout)/templates"])
      #expect(set.text("script.js") == "a;\nb;\n")
    }
  }

  @Test func missingTemplatesAreNamed() {
    #expect(throws: ReportError.template(name: "report.html.mustache", reason: "not found in /nowhere")) {
      try TemplateSet(folders: ["/nowhere"])
    }
  }
}
