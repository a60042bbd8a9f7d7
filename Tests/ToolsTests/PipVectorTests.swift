// pip's own parser against ours: every row of Vectors/argv/pip-*.jsonl.
//
// Mapping: `args` are our words after the second command word put back in front of the positionals
// (`config set`); `opts` are `inForce` under the same names, where a flag that came from pip.conf
// or the environment is 1 or 0 there, dates are normalised (durations become dates) and a relative
// `src_dir` is below the asker's home. Rows with a `conf` were asked on a machine with an
// /etc/pip.conf; `--group` changes pip's default list itself, so no row shows it.

import GateCore
import StrictJSON
import Testing

@testable import Tools

@Suite struct PipVectorTests {
    @Test("every pip row agrees", arguments: ["pip-23.2.1", "pip-26.3"])
    func everyRowAgrees(file: String) throws {
        var complaints: [String] = []
        for row in try VectorRow.read(file) {
            var files: [String: String] = [:]
            if let conf = row.configuration("conf") {
                files["/h/.config/pip/pip.conf"] = conf
                files["/etc/pip.conf"] = machineConfiguration
            }
            let invocation = row.reading(files: files)
            if let complaint = disagreement(row, invocation) {
                complaints.append(complaint)
                continue
            }
            guard !row.isNoCommand, let args = row.args else { continue }
            let ours =
                invocation.command.dropFirst(2).map(\.text) + invocation.positionals.map(\.text)
            if ours != args { complaints.append("\(row): args \(ours) not \(args)") }
            let settings = invocation.inForce.filter { shown.contains($0.name.text) }
            let theirs = row.json["opts"]?.object ?? []
            if settings.count != theirs.count || !theirs.allSatisfy({ agrees($0, settings) }) {
                complaints.append("\(row): opts \(settings) not \(theirs)")
            }
        }
        #expect(complaints.prefix(20).isEmpty, "\(complaints.count) of them")
    }

    private let machineConfiguration = """
        [global]
        cert = /etc/ssl/certs/ca-certificates.crt
        """

    /// The settings that the rows report.
    private let shown: Set<String> = [
        "index_url", "extra_index_urls", "no_index", "find_links", "trusted_hosts", "proxy", "cert",
        "isolated_mode", "require_venv", "python", "target_dir", "root_path", "prefix_path",
        "use_user_site", "upgrade", "pre", "dry_run", "require_hashes", "no_deps",
        "ignore_dependencies", "build_isolation", "use_pep517", "requirements", "constraints",
        "editables", "yes", "download_dir", "wheel_dir", "src_dir", "dest_dir", "no_input",
        "cache_dir", "log", "uploaded_prior_to", "config_settings", "break_system_packages",
        "override_externally_managed", "only_binary",
        "no_binary", "version",
    ]

    private func agrees(_ member: JSON.Member, _ settings: [Setting]) -> Bool {
        guard let setting = settings.first(where: { $0.name.text == member.name }) else {
            return false
        }
        switch (setting.value, member.value.value) {
        case (.flag(let ours), .bool(let theirs)): return ours == theirs
        case (.flag(let ours), .number(let theirs)): return ours == (theirs == "1")
        case (.text(let ours), .string(let theirs)):
            return ours.text == theirs
                || "/w" + theirs.dropFirst(5) == ours.text && member.name == "src_dir"
                || member.name == "uploaded_prior_to"
                    && (theirs.hasPrefix(ours.text.prefix(10)) || ours.first == 0x50)
        case (.list(let ours), .array(let theirs)):
            return ours.map(\.text).sorted() == theirs.compactMap(\.string).sorted()
        case _: return false
        }
    }
}
