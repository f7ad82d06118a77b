//! The batch with 25 mistakes planted in it.

use std::collections::BTreeMap;
use std::path::Path;

use super::make::{cities, csv, fill, gb18030, rows, sound, workbooks, xlsx};

/// A mistake in a file of the batch: the code of its finding and where it is.
pub type Planted = BTreeMap<String, Vec<(&'static str, &'static str)>>;

/// The batch with one mistake each in 25 of its files.
pub fn with_mistakes(root: &Path) -> (BTreeMap<String, Vec<u8>>, Planted) {
    let cities = cities(root);
    let mut by_city = sound(root);
    let (mut extra, mut planted) = (BTreeMap::new(), Planted::new());
    let mut mistake = |i: u32, code: &'static str, at: &'static str, bytes: Vec<u8>| {
        let file = by_city.get_mut(&i).unwrap();
        file.1 = bytes;
        planted.entry(file.0.clone()).or_default().push((code, at));
    };
    let written = |i: u32, row: usize, column: usize, word: &str| {
        let mut rows = rows(i, &cities);
        word.clone_into(&mut rows[row][column]);
        rows
    };
    let by_others = workbooks(root);
    let other = |name: &str| by_others[name].clone();

    // XLSX by rust_xlsxwriter.
    mistake(0, "V201", " › 报送表 › A5", xlsx(&written(0, 0, 0, "11000"), |_| {}));
    mistake(5, "I112", "", other("mistake-5.xlsx"));
    mistake(10, "I122", " › 报送表 › E7", other("mistake-10.xlsx"));
    let whole = xlsx(&rows(15, &cities), |_| {});
    mistake(15, "I111", "", whole[..whole.len() * 2 / 3].to_vec());
    let whole_of_20 = rows(20, &cities);
    let two = xlsx(&whole_of_20, |book| fill(book.add_worksheet().set_name("修订").unwrap(), &whole_of_20));
    mistake(20, "I114", "", two);
    mistake(25, "V207", " › 报送表 › D6", xlsx(&written(25, 1, 3, ""), |_| {}));
    mistake(30, "V205", " › 报送表 › E6", xlsx(&written(30, 1, 4, "-15"), |_| {}));
    mistake(35, "V220", " › 报送表 › G9", xlsx(&written(35, 4, 6, "100"), |_| {}));
    // XLS by xlwt.
    mistake(6, "I121", " › 报送表 › E7", other("mistake-6.xls"));
    mistake(11, "I119", " › 报送表 › A6", other("mistake-11.xls"));
    mistake(16, "I123", " › 报送表 › E4", other("mistake-16.xls"));
    mistake(21, "V220", " › 报送表 › G8", other("mistake-21.xls"));
    let whole = other("26.xls");
    mistake(26, "I111", "", whole[..whole.len() / 2].to_vec());
    mistake(31, "I126", "", b"<html><table><tr><td>1</td></tr></table></html>".to_vec());
    // ODS by LibreOffice.
    mistake(7, "V203", " › 报送表 › E5", other("mistake-7.ods"));
    mistake(12, "V205", " › 报送表 › E9", other("mistake-12.ods"));
    mistake(17, "I118", " › 报送表 › D6", other("mistake-17.ods"));
    mistake(22, "I120", " › 报送表 › E4", other("mistake-22.ods"));
    // CSV in GB18030.
    let chinese = |rows: &[Vec<String>]| gb18030(&csv(rows, ","));
    mistake(3, "I105", ":4:22", chinese(&written(3, 2, 4, "1,087")));
    mistake(8, "I125", ":2:13", chinese(&written(8, 0, 2, "2025年3月")));
    let unclosed = csv(&rows(13, &cities), ",").replace(",按时办结率", ",\"按时办结率");
    mistake(13, "I109", ":7:17", gb18030(&unclosed));
    let renamed = csv(&rows(18, &cities), ",").replace("数值", "數值");
    mistake(18, "I107", ":1:17", gb18030(&renamed));
    // CSV in UTF-8.
    let broken = [csv(&rows(4, &cities), ";").as_bytes(), b"\xFF\xFF;x\r\n"].concat();
    mistake(4, "I104", ":8:1", broken);
    // A correction beside the first version, and what is no table.
    let (first, (code, name)) = (&by_city[&9].0, &cities[9]);
    let corrected = format!("{code}{name}（更正）.csv");
    assert!(*first < corrected, "the first version is read first");
    planted.entry(corrected.clone()).or_default().push(("V206", ":7:23"));
    extra.insert(corrected, csv(&written(9, 5, 4, "88.8"), ",").into_bytes());
    planted.entry("盖章页.pdf".to_owned()).or_default().push(("I117", ""));
    extra.insert("盖章页.pdf".to_owned(), b"%PDF-1.7".to_vec());
    extra.extend(by_city.into_values());
    (extra, planted)
}
