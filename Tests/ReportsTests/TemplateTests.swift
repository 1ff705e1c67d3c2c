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
      ("a\n{{#x}}\n{{/y}}", "T/report.md.mustache:3: a section is closed by another name than it was opened with"),
      ("{{#x}}", "T/report.md.mustache:1: a section is not closed"),
      ("x\n {{>  y}}", "T/report.md.mustache:2:2: templates stand alone; partials and inheritance are not supported"),
      ("{{=<% %>=}}", "T/report.md.mustache:1:1: other delimiters are not supported; write {{…}}"),
      ("{{% CONTENT_TYPE: HTML}}", "T/report.md.mustache:1:1: pragmas are not supported"),
      (QuotedText(repeating: "{{#a}}", 9), "T/report.md.mustache:1:49: sections are more than 8 deep"),
      ("\u{0}", "T/report.md.mustache: it is not UTF-8 text"),
    ] as [(QuotedText, String)])
  func brokenTemplatesAreLocated(text: QuotedText, expected: String) throws {
    #expect(try failure("report.md.mustache", text.text) == "template \(expected)")
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
