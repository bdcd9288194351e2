import type { Bilingual } from './refusal.ts'

interface CodeEntry {
  /** The HTTP status that the server answers with. */
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503 | 507
  readonly says: Bilingual
  readonly next: Bilingual
}

const code = (status: CodeEntry['status'], says: Bilingual, next: Bilingual): CodeEntry => ({ status, says, next })

/**
 * Every refusal that Daylight can give. A code is permanent: never renamed, never reused.
 * Sorted by the part of the house that gives it; `{places}` are filled with facts.
 */
export const refusalCodes = {
  // input: what arrives from outside
  'input.unreadable': code(
    422,
    { zh: '读不了 {file}：{why}。', en: 'Cannot read {file}: {why}.' },
    { zh: '检查文件是否完整，然后重新导入。', en: 'Check that the file is whole, then import it again.' },
  ),

  // pack: content that people write as YAML
  'pack.file-missing': code(
    404,
    { zh: '打不开内容文件 {file}（{why}）。', en: 'Cannot open the content file {file} ({why}).' },
    { zh: '检查路径是否写对、文件是否可读。', en: 'Check that the path is right and the file can be read.' },
  ),
  'pack.yaml-syntax': code(
    422,
    { zh: '{file} 第 {row} 行不是合法的 YAML：{why}。', en: '{file}, row {row} is not sound YAML: {why}.' },
    { zh: '改正这一行后再试。', en: 'Correct that row, then try again.' },
  ),
  'pack.shape': code(
    422,
    {
      zh: '{file} 第 {row} 行的“{key}”不合格式：{why}。',
      en: '{file}, row {row}: “{key}” does not fit the format: {why}.',
    },
    {
      zh: '对照格式说明改正；不认识的键不会被忽略。',
      en: 'Correct it by the format; an unknown key is never ignored.',
    },
  ),
  'pack.changed-without-version': code(
    409,
    { zh: '“{id}”的内容变了，版本仍是 {version}。', en: '“{id}” has changed, but its version is still {version}.' },
    { zh: '提高它的版本号，再运行 daylight pack lock。', en: 'Raise its version, then run daylight pack lock.' },
  ),
  'pack.not-locked': code(
    409,
    { zh: '“{id}”版本 {version} 不在锁文件里。', en: '“{id}”, version {version}, is not in the lock file.' },
    { zh: '核对内容后运行 daylight pack lock。', en: 'Check the content, then run daylight pack lock.' },
  ),
  'pack.locked-missing': code(
    409,
    { zh: '锁文件里的“{id}”已经不在内容包里。', en: '“{id}” is in the lock file but no longer in the pack.' },
    {
      zh: '找回它，或确认停用后运行 daylight pack lock。',
      en: 'Bring it back, or run daylight pack lock once its end is certain.',
    },
  ),

  // the house itself: its settings, its folder, its database
  'config.bad-value': code(
    422,
    {
      zh: '设置 {name} 的值 “{value}” 不可用：{why}。',
      en: 'The setting {name} has a value that cannot be used, "{value}": {why}.',
    },
    { zh: '改正环境变量 {name} 后重新启动。', en: 'Correct the environment variable {name}, then start again.' },
  ),
  'platform.unsupported': code(
    503,
    {
      zh: '本机（{platform}）没有可用的内置数据库。',
      en: 'There is no embedded database for this machine ({platform}).',
    },
    {
      zh: '用 DATABASE_URL 指向一个 PostgreSQL 16 或更新的数据库。',
      en: 'Point DATABASE_URL at a PostgreSQL 16 or newer.',
    },
  ),
  'home.in-use': code(
    409,
    {
      zh: '文件夹 {home} 正被另一个 Daylight 进程（{pid}）使用。',
      en: 'The folder {home} is in use by another Daylight process ({pid}).',
    },
    {
      zh: '先停止那个进程，或用 DAYLIGHT_HOME 另指一个文件夹。',
      en: 'Stop that process first, or name another folder with DAYLIGHT_HOME.',
    },
  ),
  'home.not-yours': code(
    403,
    {
      zh: '文件夹 {home} 属于另一个用户（uid {owner}），当前用户（uid {user}）不能使用。',
      en: 'The folder {home} belongs to another user (uid {owner}); the present user (uid {user}) cannot use it.',
    },
    {
      zh: '换成原来的用户启动，或用 DAYLIGHT_HOME 另指一个文件夹。',
      en: 'Start as the user it belongs to, or name another folder with DAYLIGHT_HOME.',
    },
  ),
  'home.not-writable': code(
    403,
    { zh: '不能写入文件夹 {home}：{why}。', en: 'The folder {home} cannot be written: {why}.' },
    {
      zh: '给当前用户写权限，或用 DAYLIGHT_HOME 另指一个文件夹。',
      en: 'Give the present user the right to write there, or name another folder with DAYLIGHT_HOME.',
    },
  ),
  'disk.full': code(
    507,
    { zh: '{place} 所在的磁盘已满。', en: 'The disk that holds {place} is full.' },
    {
      zh: '腾出空间后重新运行；已提交的内容没有丢失。',
      en: 'Free some space and run it again; nothing that was committed is lost.',
    },
  ),
  // olap: the analytic engine
  'olap.out-of-memory': code(
    507,
    {
      zh: '分析引擎用完了给它的内存，已停止；已有的内容没有改变。',
      en: 'The analytic engine used up the memory that it is given and was stopped; nothing that was there has changed.',
    },
    {
      zh: '用映射的 attributes.include 只留下需要的列后再试；其他导入和分析结束后也可重试。',
      en: 'Keep only the columns that are needed (attributes.include of the mapping), or try again when other work is done.',
    },
  ),
  'database.did-not-start': code(
    503,
    { zh: '内置数据库没有启动：{why}。', en: 'The embedded database did not start: {why}.' },
    { zh: '详情见 {log}；改正后重新启动。', en: 'See {log} for details; put it right and start again.' },
  ),
  'database.of-another-version': code(
    503,
    {
      zh: '{home} 中的数据由 PostgreSQL {held} 写成，本版内置的是 {ours}。',
      en: 'The data in {home} was written by PostgreSQL {held}; this release carries {ours}.',
    },
    {
      zh: '用写成它的那一版 Daylight 打开，或换一个 DAYLIGHT_HOME。',
      en: 'Open it with the Daylight release that wrote it, or choose another DAYLIGHT_HOME.',
    },
  ),
  'database.unreachable': code(
    503,
    {
      zh: '连接不上 DATABASE_URL 所指的数据库：{why}。',
      en: 'The database that DATABASE_URL names cannot be reached: {why}.',
    },
    {
      zh: '检查地址、用户和口令，以及数据库是否在运行。',
      en: 'Check the address, the user and the password, and that the database is running.',
    },
  ),
  'database.went-away': code(
    503,
    {
      zh: '与数据库的连接中断了：它停止了，或正在停止。',
      en: 'The connection to the database broke: it stopped, or is stopping.',
    },
    {
      zh: '等它重新运行后再执行一次；没有提交的内容都未保留。',
      en: 'Run it again when it is back; nothing uncommitted was kept.',
    },
  ),
  'database.too-old': code(
    503,
    {
      zh: '数据库是 PostgreSQL {version}，需要 16 或更新。',
      en: 'The database is PostgreSQL {version}; 16 or newer is needed.',
    },
    {
      zh: '升级数据库，或去掉 DATABASE_URL 使用内置数据库。',
      en: 'Upgrade it, or unset DATABASE_URL to use the embedded one.',
    },
  ),
  'database.not-utf8': code(
    503,
    { zh: '数据库的编码是 {encoding}，需要 UTF8。', en: 'The database is encoded in {encoding}; UTF8 is needed.' },
    { zh: '新建一个 UTF8 编码的数据库并指向它。', en: 'Create a database encoded in UTF8 and point to that.' },
  ),
  'database.no-right': code(
    503,
    {
      zh: '数据库用户 {user} 无权在库 {database} 中建表。',
      en: 'The database user {user} may not create tables in {database}.',
    },
    { zh: '授予该用户 CREATE 权限。', en: 'Grant that user the right CREATE.' },
  ),
  'database.newer-than-program': code(
    503,
    {
      zh: '数据库已由更新的 Daylight 升级过（多出 {migration}）。',
      en: 'The database was already upgraded by a newer Daylight (it has {migration}).',
    },
    { zh: '改用那个更新的版本。', en: 'Use that newer release.' },
  ),

  // http: requests that cannot be read
  'http.bad-request': code(
    400,
    { zh: '请求的 {field} 不合要求：{why}。', en: 'The request’s {field} is not right: {why}.' },
    { zh: '更正该字段后重新提交。', en: 'Correct the field and send the request again.' },
  ),
  'http.bad-cursor': code(
    400,
    { zh: '分页位置 cursor 无法识别。', en: 'The paging position `cursor` is not one that this list gave.' },
    { zh: '去掉 cursor，从第一页开始。', en: 'Leave `cursor` out and begin with the first page.' },
  ),
  'http.unreadable-body': code(
    400,
    { zh: '请求正文读不了：不是完整的 JSON。', en: 'The request’s body cannot be read: it is not whole JSON.' },
    { zh: '检查正文后重新提交。', en: 'Check the body and send the request again.' },
  ),
  'http.not-found': code(
    404,
    { zh: '没有这个地址。', en: 'There is nothing at this address.' },
    { zh: '接口清单见 /api/docs。', en: 'The addresses are listed at /api/docs.' },
  ),
  'http.too-large': code(
    413,
    { zh: '请求正文太大。', en: 'The request’s body is too large.' },
    {
      zh: '文件请从导入页面上传；其他内容请拆成几次提交。',
      en: 'Upload files on the import page; send anything else in parts.',
    },
  ),
  'http.media-type': code(
    415,
    { zh: '不接受这种正文类型。', en: 'This kind of body is not accepted here.' },
    {
      zh: '以 application/json 提交；文件请从导入页面上传。',
      en: 'Send application/json; upload files on the import page.',
    },
  ),
  'http.foreign-origin': code(
    403,
    { zh: '这个请求来自别的网站，已拒绝。', en: 'This request comes from another site and is refused.' },
    { zh: '请在本系统的页面上操作。', en: 'Act from this system’s own pages.' },
  ),
  'http.too-busy': code(
    503,
    { zh: '系统正在停止或过载，暂不受理。', en: 'The system is stopping or overloaded and takes no requests now.' },
    { zh: '请稍后再试。', en: 'Try again shortly.' },
  ),
  'http.store-silent': code(
    503,
    { zh: '数据库没有应答。', en: 'The store does not answer.' },
    {
      zh: '稍后再试；持续如此请告知系统管理员。',
      en: 'Try again shortly; if it lasts, tell the system administrator.',
    },
  ),

  // access: who may do what, where
  'access.not-signed-in': code(
    401,
    { zh: '请先登录。', en: 'Sign in first.' },
    { zh: '登录后再试。', en: 'Sign in and try again.' },
  ),
  'access.not-permitted': code(
    403,
    { zh: '当前岗位无权进行这项操作。', en: 'Your present post may not do this.' },
    {
      zh: '如有其他岗位，请切换岗位；确需权限的，请向安全管理员申请。',
      en: 'If you hold another post, switch to it; otherwise ask the security administrator.',
    },
  ),
  'access.other-region': code(
    403,
    {
      zh: '这条记录属于其他地区，当前岗位无权查看或处理。',
      en: 'This record belongs to another region, out of reach of your present post.',
    },
    { zh: '请由该地区或其上级的人员处理。', en: 'Let an officer of that region, or of one above it, deal with it.' },
  ),

  // trust: signing in, posts, the directory
  'sign-in.wrong': code(
    401,
    { zh: '账号或密码不对。', en: 'The account or the password is wrong.' },
    {
      zh: '检查后重试；忘记密码请找系统管理员。',
      en: 'Check both and try again; if you forgot the password, ask the system administrator.',
    },
  ),
  'sign-in.too-many-account': code(
    429,
    {
      zh: '这个账号登录失败次数过多，{seconds} 秒内暂停登录。',
      en: 'Too many failed sign-ins for this account: it is paused for {seconds} seconds.',
    },
    {
      zh: '请等待后再试；不是本人操作的，请告知安全管理员。',
      en: 'Wait, then try again; if it was not you, tell the security administrator.',
    },
  ),
  'sign-in.too-many-address': code(
    429,
    {
      zh: '来自这个网络地址的登录失败次数过多，{seconds} 秒内暂停登录。',
      en: 'Too many failed sign-ins from this network address: it is paused for {seconds} seconds.',
    },
    { zh: '请等待后再试。', en: 'Wait, then try again.' },
  ),
  'sign-in.no-post': code(
    403,
    { zh: '这个账号目前没有任职，不能登录。', en: 'This account holds no post at present and cannot sign in.' },
    { zh: '请所在单位先登记任职。', en: 'Ask your organ to record your post first.' },
  ),
  'sign-in.demo-elsewhere': code(
    403,
    { zh: '演示账号只能在本机使用。', en: 'Demo accounts work only on the machine that runs Daylight.' },
    {
      zh: '请用正式账号登录；演示请在本机浏览器打开。',
      en: 'Sign in with a real account, or open the demo in a browser on that machine.',
    },
  ),
  'session.not-your-post': code(
    403,
    { zh: '您目前不担任岗位 {post}。', en: 'You do not hold the post {post} at present.' },
    { zh: '从您自己的岗位中选择。', en: 'Choose one of your own posts.' },
  ),
  'directory.missing': code(
    422,
    { zh: '{what} {code} 指向不存在的 {missing}。', en: '{what} {code} refers to {missing}, which does not exist.' },
    { zh: '先补上被指向的那一条，再导入。', en: 'Add what it refers to, then import again.' },
  ),
  'directory.wrong': code(
    422,
    { zh: '{what} {code} 不合要求：{why}。', en: '{what} {code} is not right: {why}.' },
    { zh: '更正后重新导入。', en: 'Correct it and import again.' },
  ),

  // server: starting
  'server.port-taken': code(
    409,
    { zh: '端口 {port} 已被其他程序占用。', en: 'Port {port} is taken by another program.' },
    {
      zh: '停掉那个程序，或用 PORT=8081 npm start 换一个端口。',
      en: 'Stop that program, or choose another port: PORT=8081 npm start.',
    },
  ),
  'server.address-unavailable': code(
    422,
    { zh: '不能在 {host}:{port} 上监听（{why}）。', en: 'Cannot listen on {host}:{port} ({why}).' },
    {
      zh: '把 HOST 设为本机已有的地址，端口用 1024 以上。',
      en: 'Set HOST to an address of this machine, and use a port above 1024.',
    },
  ),
  'server.demo-exposed': code(
    409,
    {
      zh: '库里有演示账号，而服务将监听 {host}：演示账号的密码是公开的，不能对网络开放。',
      en: 'The store holds demo accounts, whose passwords are public, and the server would listen on {host}.',
    },
    {
      zh: '把 HOST 设为 127.0.0.1；正式使用请换一个 DAYLIGHT_HOME 或数据库。',
      en: 'Set HOST to 127.0.0.1; for real use choose another DAYLIGHT_HOME or database.',
    },
  ),

  // ui: the pages
  'ui.not-built': code(
    503,
    { zh: '网页还没有构建：{folder} 里没有。', en: 'The pages are not built: {folder} does not hold them.' },
    { zh: '运行 npm run build，再启动。', en: 'Run npm run build, then start again.' },
  ),

  // worktime: the law of clocks
  'worktime.no-calendar': code(
    422,
    {
      zh: '日历“{calendar}”没有 {year} 年的节假日通知，无法判断。',
      en: 'Cannot be judged: calendar “{calendar}” holds no published notice for {year}.',
    },
    {
      zh: '通知公布后，在内容包里加上该年的日历。',
      en: 'Add that year’s calendar to a pack once its notice is published.',
    },
  ),

  // net and procedure: nets, procedures and their files
  'xml.broken': code(
    422,
    {
      zh: '{file} 第 {row} 行：XML 不完整或有错（{why}）。',
      en: '{file}, line {row}: the XML is broken or cut short ({why}).',
    },
    { zh: '从原系统重新导出完整的文件。', en: 'Export the whole file again from its source.' },
  ),
  'xml.doctype': code(
    422,
    {
      zh: '{file} 含有 DOCTYPE 声明，可能引用外部内容或无限展开，不予读取。',
      en: '{file} declares a DOCTYPE, which could reach outside or grow without end; it is not read.',
    },
    { zh: '删去 DOCTYPE 和实体声明后重试。', en: 'Remove the DOCTYPE and its entities, then try again.' },
  ),
  'xml.too-large': code(
    413,
    { zh: '{file} 超过上限 {limit}。', en: '{file} is larger than the limit of {limit}.' },
    {
      zh: '检查是否选错了文件；流程文件一般只有几百 KB。',
      en: 'Check that it is the right file: a procedure is usually a few hundred KB.',
    },
  ),
  'xml.too-deep': code(
    422,
    { zh: '{file} 的元素嵌套超过 {limit} 层。', en: '{file} nests elements more than {limit} deep.' },
    {
      zh: '检查文件来源；正常的流程文件不会这样嵌套。',
      en: 'Check where the file comes from: no ordinary procedure nests so deep.',
    },
  ),
  'xml.encoding': code(
    422,
    { zh: '{file} 不能按 {encoding} 解码。', en: '{file} cannot be decoded as {encoding}.' },
    { zh: '把文件另存为 UTF-8。', en: 'Save the file as UTF-8.' },
  ),
  'net.not-pnml': code(
    422,
    { zh: '{file} 的根元素是 <{root}>，不是 PNML。', en: '{file} is not PNML: its root element is <{root}>.' },
    { zh: '给出 .pnml 或 .bpmn 文件。', en: 'Give a .pnml or a .bpmn file.' },
  ),
  'net.one-net': code(
    422,
    { zh: '{file} 中有 {count} 个网，应当恰好一个。', en: '{file} holds {count} nets; exactly one is needed.' },
    { zh: '每个网各存一个文件。', en: 'Keep each net in a file of its own.' },
  ),
  'net.no-id': code(
    422,
    { zh: '一个 {element} 没有 id。', en: 'A {element} has no id.' },
    { zh: '给它一个唯一的 id。', en: 'Give it an id of its own.' },
  ),
  'net.id-twice': code(
    422,
    { zh: 'id “{id}” 用了两次。', en: 'The id “{id}” is used twice.' },
    { zh: '让每个库所和变迁有唯一的 id。', en: 'Give every place and transition an id of its own.' },
  ),
  'net.marking': code(
    422,
    {
      zh: '库所“{id}”的标记数不是 0 到 1000 的整数。',
      en: 'The tokens of place “{id}” are not a whole number from 0 to 1000.',
    },
    { zh: '改正标记数。', en: 'Correct the number of tokens.' },
  ),
  'net.arc-weight': code(
    422,
    {
      zh: '弧“{id}”的权为 {weight}；只支持权为 1 的弧。',
      en: 'Arc “{id}” has the weight {weight}; only weight 1 is supported.',
    },
    { zh: '把带权的弧改画成权为 1 的弧。', en: 'Redraw weighted arcs with weight 1.' },
  ),
  'net.arc-kind': code(
    422,
    {
      zh: '弧“{id}”的类型是 {kind}；只支持普通弧。',
      en: 'Arc “{id}” is of kind {kind}; only ordinary arcs are supported.',
    },
    { zh: '不用抑止弧、清空弧等，改画成普通弧。', en: 'Redraw it without inhibitor, reset or read arcs.' },
  ),
  'net.reference-node': code(
    422,
    { zh: '“{id}”是引用节点，暂不支持。', en: '“{id}” is a reference node, which is not supported.' },
    { zh: '让弧直接连到被引用的节点。', en: 'Join the arcs to the node itself.' },
  ),
  'net.missing-node': code(
    422,
    { zh: '文件引用了不存在的节点“{id}”。', en: 'The file refers to a node “{id}” that does not exist.' },
    { zh: '补上该节点或删去引用。', en: 'Add the node or remove the reference.' },
  ),
  'net.same-kind': code(
    422,
    {
      zh: '弧从“{source}”到“{target}”连接了同类节点。',
      en: 'The arc from “{source}” to “{target}” joins two nodes of one kind.',
    },
    { zh: '弧只能在库所与变迁之间。', en: 'An arc joins a place with a transition.' },
  ),
  'net.no-initial': code(
    422,
    {
      zh: '{file} 没有初始标记，且没有入弧的库所有 {count} 个，无法确定从哪里开始。',
      en: '{file} has no initial marking, and {count} places have no incoming arc: where it starts is not known.',
    },
    { zh: '写明初始标记。', en: 'State the initial marking.' },
  ),
  'net.no-final': code(
    422,
    {
      zh: '{file} 没有终止标记，且没有出弧的库所有 {count} 个，无法确定在哪里结束。',
      en: '{file} has no final marking, and {count} places have no outgoing arc: where it ends is not known.',
    },
    { zh: '写明终止标记（finalmarkings）。', en: 'State the final marking (finalmarkings).' },
  ),
  'net.several-finals': code(
    422,
    { zh: '{file} 有几个不同的终止标记。', en: '{file} states several different final markings.' },
    { zh: '只留一个；几种结束都通向同一个终点。', en: 'Keep one, and let every ending lead to it.' },
  ),
  'procedure.not-bpmn': code(
    422,
    {
      zh: '{file} 的根元素是 <{root}>，不是 BPMN 2.0 的 <definitions>。',
      en: '{file} is not BPMN 2.0: its root element is <{root}>, not <definitions>.',
    },
    { zh: '给出 .bpmn（BPMN 2.0）或 .pnml 文件。', en: 'Give a .bpmn (BPMN 2.0) or a .pnml file.' },
  ),
  'procedure.no-process': code(
    422,
    { zh: '{file} 里没有流程（process）。', en: '{file} holds no process.' },
    { zh: '在文件中画一个流程。', en: 'Draw a process in the file.' },
  ),
  'procedure.several-pools': code(
    422,
    {
      zh: '{file} 里有 {count} 个流程（泳池），一个程序只能有一个。',
      en: '{file} holds {count} processes (pools); a procedure has one.',
    },
    {
      zh: '每个程序各存一个文件；不同角色用泳道表示。',
      en: 'Keep each procedure in a file of its own; show roles as lanes.',
    },
  ),
  'procedure.message-flow': code(
    422,
    { zh: '{file} 用了泳池之间的消息流。', en: '{file} has message flows between pools.' },
    {
      zh: '改用一个泳池，角色用泳道，先后用顺序流。',
      en: 'Use one pool, lanes for roles and sequence flows for order.',
    },
  ),
  'procedure.no-start': code(
    422,
    {
      zh: '{file} 的流程（或其子流程）没有开始事件。',
      en: 'The process of {file}, or a sub-process in it, has no start event.',
    },
    { zh: '加上一个开始事件。', en: 'Add one start event.' },
  ),
  'procedure.several-starts': code(
    422,
    { zh: '流程有 {count} 个开始事件，应当只有一个。', en: 'The process has {count} start events; it must have one.' },
    { zh: '留一个开始事件，用网关分出不同情形。', en: 'Keep one start event and branch after it with a gateway.' },
  ),
  'procedure.start-entered': code(
    422,
    { zh: '有顺序流指向开始事件“{name}”。', en: 'A flow leads into the start event “{name}”.' },
    { zh: '让它指向开始之后的步骤。', en: 'Lead it to the step after the start.' },
  ),
  'procedure.not-led-to': code(
    422,
    { zh: '没有顺序流通向“{name}”。', en: 'No flow leads to “{name}”.' },
    { zh: '连上它，或者删去它。', en: 'Join it to the process, or remove it.' },
  ),
  'procedure.unnamed': code(
    422,
    {
      zh: '步骤 {id} 没有名称，无法与日志中的活动对应。',
      en: 'The step {id} has no name, so no activity of a log can match it.',
    },
    { zh: '给步骤命名。', en: 'Name the step.' },
  ),
  'procedure.or-gateway': code(
    422,
    {
      zh: '“{name}”是包容（或）网关、复杂网关或带条件的分支，含义取决于全局状态，不支持。',
      en: '“{name}” is an inclusive or complex gateway, or a step with conditional flows: an OR whose join depends on the whole state. It is not supported.',
    },
    { zh: '改用排他网关和并行网关。', en: 'Redraw it with exclusive and parallel gateways.' },
  ),
  'procedure.compensation': code(
    422,
    { zh: '“{name}”用了补偿，不支持。', en: '“{name}” uses compensation, which is not supported.' },
    { zh: '把撤销、更正画成明确的步骤。', en: 'Draw undoing as steps of its own.' },
  ),
  'procedure.multi-instance': code(
    422,
    {
      zh: '“{name}”是多实例步骤，次数不固定，不支持。',
      en: '“{name}” runs in several instances whose number is not fixed; it is not supported.',
    },
    {
      zh: '次数固定就逐个画出；不固定就画成循环。',
      en: 'Draw each instance if their number is fixed, else draw a loop.',
    },
  ),
  'procedure.non-interrupting': code(
    422,
    {
      zh: '边界事件“{name}”不中断其步骤，不支持。',
      en: 'The boundary event “{name}” does not interrupt its step; it is not supported.',
    },
    {
      zh: '改为中断事件，或用并行网关画出同时进行的步骤。',
      en: 'Make it interrupting, or draw what runs at once with a parallel gateway.',
    },
  ),
  'procedure.boundary-host': code(
    422,
    {
      zh: '边界事件“{name}”附在子流程或循环步骤上，不支持。',
      en: 'The boundary event “{name}” stands on a sub-process or a looping step; it is not supported.',
    },
    {
      zh: '把它附在单个步骤上，或声明为案件行为（撤回、中止等）。',
      en: 'Put it on a single step, or declare a case act (withdraw, suspend …).',
    },
  ),
  'procedure.terminate-parallel': code(
    422,
    {
      zh: '终止结束事件“{name}”会丢弃并行分支，不支持。',
      en: 'The terminate end “{name}” would drop parallel branches; it is not supported.',
    },
    { zh: '汇合并行分支后再结束，或声明为案件行为。', en: 'Join the branches before the end, or declare a case act.' },
  ),
  'procedure.unsupported': code(
    422,
    { zh: '“{name}”用了 {element}，程序中不支持。', en: '“{name}” uses {element}, which procedures do not support.' },
    {
      zh: '用任务、排他网关、并行网关和普通事件重画。',
      en: 'Redraw it with tasks, exclusive and parallel gateways and plain events.',
    },
  ),
  'procedure.missing-node': code(
    422,
    {
      zh: '“{flow}”连到本层不存在的节点“{id}”。',
      en: '“{flow}” joins a node “{id}” that does not exist at its level.',
    },
    {
      zh: '补上节点，或改正连线；连线不能穿过子流程的边界。',
      en: 'Add the node or correct the flow; a flow cannot cross the border of a sub-process.',
    },
  ),
  'procedure.extension': code(
    422,
    { zh: '扩展 <daylight:{element}> 的 {what} 有误：{why}。', en: 'In <daylight:{element}>, {what} is wrong: {why}.' },
    { zh: '按扩展的格式改正。', en: 'Correct it as the extension’s format says.' },
  ),
  'procedure.limit-from': code(
    422,
    {
      zh: '步骤“{name}”的期限从“{from}”起算，但没有这个步骤。',
      en: 'The limit of “{name}” counts from “{from}”, which is no step.',
    },
    { zh: '写明起算步骤的元素 id。', en: 'Name the id of the step from which it counts.' },
  ),
  'procedure.act-is-step': code(
    422,
    {
      zh: '案件行为“{name}”与步骤或另一行为同名。',
      en: 'The case act “{name}” has the name of a step or of another act.',
    },
    { zh: '给它另一个名称。', en: 'Give it another name.' },
  ),
  'procedure.other-id': code(
    422,
    {
      zh: '{file} 写的是程序“{said}”，而流程文件或文件夹是“{id}”。',
      en: '{file} says “{said}”, but the process or its folder is “{id}”.',
    },
    { zh: '让文件夹名、procedure.yml 和流程 id 一致。', en: 'Give the folder, procedure.yml and the process one id.' },
  ),
  'procedure.unknown-step': code(
    422,
    { zh: '{file} 提到“{name}”，流程中没有这个步骤。', en: '{file} names “{name}”, which is no step of the process.' },
    { zh: '改成流程中的步骤名。', en: 'Use the name of a step of the process.' },
  ),
  'procedure.step-without-english': code(
    422,
    { zh: '{file} 没有写步骤“{name}”的英文名。', en: '{file} gives no English name for the step “{name}”.' },
    { zh: '在 steps 下补上。', en: 'Add it under steps.' },
  ),
  'procedure.unknown-activity': code(
    422,
    { zh: '“{name}”不是本程序的步骤。', en: '“{name}” is not a step of this procedure.' },
    { zh: '从程序的步骤中选择。', en: 'Choose a step of the procedure.' },
  ),
  'procedure.not-now': code(
    409,
    { zh: '现在不能做“{name}”；现在可以做：{instead}。', en: '“{name}” may not happen now; what may: {instead}.' },
    { zh: '先做程序要求的步骤。', en: 'Do the step that the procedure asks for first.' },
  ),
  'procedure.ended': code(
    409,
    {
      zh: '案件已经走到终点，不能再做“{name}”。',
      en: 'The case has come to its end; “{name}” may not happen any more.',
    },
    { zh: '需要再办的，另立一案。', en: 'Open a new case for what is still to be done.' },
  ),
  'procedure.too-many-states': code(
    422,
    {
      zh: '程序的隐含步骤引出超过 {limit} 个状态，无法逐步执行。',
      en: 'The procedure’s silent steps lead to more than {limit} states; it cannot be walked step by step.',
    },
    {
      zh: '先用 daylight procedure check 检查并简化程序。',
      en: 'Check it with daylight procedure check, and simplify it.',
    },
  ),
  'procedure.layout': code(
    422,
    { zh: '{file} 不能自动排版：{why}。', en: '{file} cannot be laid out: {why}.' },
    { zh: '在 BPMN 编辑器里画好图形再保存。', en: 'Draw it in a BPMN editor and save it with its diagram.' },
  ),
  // net and procedure: end
  'worktime.unknown-calendar': code(
    422,
    { zh: '没有名为“{calendar}”的工作日历。', en: 'There is no calendar of working days called “{calendar}”.' },
    { zh: '检查名称，或在内容包里加上这个日历。', en: 'Check the name, or add the calendar to a pack.' },
  ),

  // law and power: the library of laws, the register of powers
  'law.no-folder': code(
    422,
    { zh: '没有文件夹 {folder}。', en: 'There is no folder {folder}.' },
    { zh: '检查路径是否写对。', en: 'Check that the path is right.' },
  ),
  'law.folder-not-archive': code(
    422,
    { zh: '{file} 是一个文件，法律要从文件夹导入。', en: '{file} is a file; laws are imported from a folder.' },
    {
      zh: '压缩包请先解开，例如 tar xzf {file}，再导入解开的文件夹。',
      en: 'Unpack an archive first, for example tar xzf {file}, then import the folder.',
    },
  ),
  'law.no-files': code(
    422,
    { zh: '{folder} 里没有 Markdown 文件。', en: '{folder} holds no Markdown file.' },
    {
      zh: '法律应是 .md 文件，文件名形如“行政许可法(2019-04-23).md”。',
      en: 'Laws are .md files, named like 行政许可法(2019-04-23).md.',
    },
  ),
  'law.import-running': code(
    409,
    { zh: '另一次法律导入正在进行。', en: 'Another import of laws is under way.' },
    { zh: '等它结束后再试；这一次没有写入任何内容。', en: 'Try again when it has ended; this one wrote nothing.' },
  ),
  'law.bad-reference': code(
    422,
    { zh: '“{ref}”不是法条的写法。', en: '“{ref}” is not a reference to an article.' },
    {
      zh: '写成“法律#条.款.项”，例如 行政许可法#32.1.4。',
      en: 'Write LAW#article.paragraph.item, for example 行政许可法#32.1.4.',
    },
  ),
  'law.not-held': code(
    404,
    { zh: '法律库里没有“{law}”。', en: 'The library does not hold “{law}”.' },
    { zh: '核对名称，或用 daylight law import 导入。', en: 'Check the name, or import it with daylight law import.' },
  ),
  'law.bad-date': code(
    422,
    { zh: '“{date}”不是日期。', en: '“{date}” is not a date.' },
    { zh: '写成 2020-01-01 这样的日期。', en: 'Write a date like 2020-01-01.' },
  ),
  'law.version-not-held': code(
    404,
    {
      zh: '库中的《{law}》没有在 {on} 施行的版本（最早的自 {earliest} 起）。',
      en: 'No held version of {law} was in force on {on} (the earliest begins on {earliest}).',
    },
    {
      zh: '导入那时的文本；不会用最近的版本代替。',
      en: 'Import the text of that time; the nearest version is never used instead.',
    },
  ),
  'law.effective-unknown': code(
    409,
    {
      zh: '《{law}》{versions} 版的施行日期不明，不能当作 {on} 有效。',
      en: 'The effective date of {law}, version {versions}, is not known: it cannot count as in force on {on}.',
    },
    {
      zh: '在 packs/laws 中写明施行日期及来源，或导入写有施行日期的法律库。',
      en: 'State its effective date in packs/laws, or import a set that does.',
    },
  ),
  'law.lapsed': code(
    409,
    { zh: '《{law}》在 {on} 已经失效。', en: '{law} had lapsed by {on}.' },
    { zh: '改引现行有效的规定。', en: 'Cite what is in force.' },
  ),
  'law.no-such-node': code(
    404,
    {
      zh: '《{law}》{version} 版没有 {address}。',
      en: '{law}, version {version}, has no {address}.',
    },
    { zh: '核对条、款、项的序号。', en: 'Check the numbers of article, paragraph and item.' },
  ),
  'law.node-ambiguous': code(
    422,
    {
      zh: '《{law}》第 {article} 条有几款都有第 {item} 项。',
      en: 'Several paragraphs of article {article} of {law} have an item {item}.',
    },
    { zh: '写明款：{law}#{article}.款.{item}。', en: 'Name the paragraph: {law}#{article}.paragraph.{item}.' },
  ),
  'law.text-not-imported': code(
    404,
    {
      zh: '《{law}》只有内容包中的事实，没有 {address} 的全文。',
      en: 'Of {law} only the facts of a pack are held, not the text of {address}.',
    },
    { zh: '用 daylight law import 导入全文。', en: 'Import the full text with daylight law import.' },
  ),
  'power.bad-entry': code(
    422,
    { zh: '事项“{code}”的“{field}”不合格式：{why}。', en: 'Power “{code}”: “{field}” does not fit the format: {why}.' },
    { zh: '改正后再存草稿。', en: 'Correct it, then save the draft again.' },
  ),
  'power.not-listed': code(
    404,
    { zh: '清单里没有编码为“{code}”的事项。', en: 'The list has no power with the code “{code}”.' },
    { zh: '核对编码。', en: 'Check the code.' },
  ),
  'power.other-region': code(
    409,
    {
      zh: '编码“{code}”已经属于另一个地区的清单。',
      en: 'The code “{code}” already belongs to the list of another region.',
    },
    { zh: '编码不复用：换一个编码。', en: 'A code is never reused: take another one.' },
  ),
  'power.repealed': code(
    409,
    { zh: '事项“{code}”已经取消，不能再修改。', en: 'Power “{code}” is repealed and can no longer be changed.' },
    { zh: '另立一个新编码的事项。', en: 'Draft a power with a new code.' },
  ),
  'power.wrong-state': code(
    409,
    {
      zh: '事项“{code}”的状态是 {state}，不能 {act}。',
      en: 'Power “{code}” is {state}: it cannot be brought to {act}.',
    },
    { zh: '刷新页面，看清它现在的状态。', en: 'Reload the page and look at its present state.' },
  ),
  'power.reason-missing': code(
    422,
    { zh: '暂停或取消事项必须写明理由。', en: 'Suspending or repealing a power needs a reason.' },
    { zh: '写明理由后再提交。', en: 'State the reason, then submit again.' },
  ),
  'power.lacks': code(
    409,
    { zh: '事项“{code}”还缺：{lacks}。', en: 'Power “{code}” still lacks: {lacks}.' },
    { zh: '补齐后再发布。', en: 'Add what is missing, then publish.' },
  ),
  'power.basis-rank-unknown': code(
    409,
    { zh: '依据 {ref} 的效力层级不明。', en: 'The rank of the basis {ref} is not known.' },
    { zh: '在法律库或内容包里写明它的效力层级。', en: 'State its rank in the library or in a pack.' },
  ),
  'power.basis-too-low': code(
    409,
    {
      zh: '{kind} 类事项不能以“{basis}”（{basisKind}）为依据。',
      en: 'A power of kind {kind} cannot rest on “{basis}” ({basisKind}).',
    },
    {
      zh: '补上效力足够的依据；没有就不能列为这类事项。',
      en: 'Add a basis of sufficient rank; without one it cannot be listed as this kind.',
    },
  ),
  'power.document-not-yet': code(
    409,
    { zh: '依据文件“{document}”自 {from} 起才施行。', en: 'The document “{document}” takes effect only on {from}.' },
    { zh: '等它施行后再发布。', en: 'Publish once it is in effect.' },
  ),
  'power.document-repealed': code(
    409,
    { zh: '依据文件“{document}”已于 {on} 废止。', en: 'The document “{document}” was repealed on {on}.' },
    { zh: '换成现行有效的依据，或取消这个事项。', en: 'Rest it on a basis in force, or repeal the power.' },
  ),
  'power.promise-too-long': code(
    409,
    {
      zh: '承诺时限（{promised}）比法定时限（{statutory}）长。',
      en: 'The promise ({promised}) is longer than the statutory limit ({statutory}).',
    },
    { zh: '承诺只能等于或短于法定时限。', en: 'A promise may only equal or shorten the law’s limit.' },
  ),
  'power.promise-unit': code(
    409,
    {
      zh: '法定时限按自然日（{statutory}），承诺按工作日（{promised}），节假日里会超过法定时限。',
      en: 'The law counts calendar days ({statutory}) but the promise working days ({promised}): over holidays it can exceed the law’s limit.',
    },
    { zh: '承诺也按自然日写。', en: 'State the promise in calendar days too.' },
  ),
  'power.procedure-missing': code(
    409,
    { zh: '内容包里没有程序“{procedure}”。', en: 'The packs hold no procedure “{procedure}”.' },
    { zh: '核对名称，或在 packs/procedures 下加上它。', en: 'Check its name, or add it under packs/procedures.' },
  ),
  'power.procedure-unsound': code(
    409,
    { zh: '程序“{procedure}”不健全：{why}', en: 'The procedure “{procedure}” is not sound: {why}' },
    {
      zh: '用 daylight procedure check 查看，改正后再发布。',
      en: 'Look at it with daylight procedure check, correct it, then publish.',
    },
  ),
  'power.catalogue-not-literal': code(
    422,
    {
      zh: '{file} 第 {row} 行不是字面量（{why}）；目录文件只解析，从不执行。',
      en: '{file}, row {row}, is no literal ({why}); a catalogue is parsed, never run.',
    },
    { zh: '只保留一个由字面量组成的数组。', en: 'Keep nothing but one array of literals.' },
  ),
  'power.catalogue-shape': code(
    422,
    {
      zh: '{file} 的 {place} 不是认识的目录格式：{why}。',
      en: '{file}, {place}: not a known shape of catalogue: {why}.',
    },
    { zh: '应为部门 → 主项 → 子项（name、link）。', en: 'Expected: department → main item → sub-items (name, link).' },
  ),

  // jobs: long work in the server
  'job.unknown': code(
    404,
    { zh: '没有这个任务。', en: 'There is no such job.' },
    { zh: '回到列表，从那里打开任务。', en: 'Go back to the list and open the job from there.' },
  ),
  'job.ended': code(
    409,
    { zh: '这个任务已经结束，不能取消。', en: 'This job has ended already and cannot be cancelled.' },
    { zh: '查看任务的结果。', en: 'Look at the job’s result.' },
  ),

  'input.unwritable': code(
    422,
    { zh: '写不了 {file}（{why}）。', en: 'Cannot write {file} ({why}).' },
    { zh: '检查文件夹是否存在、是否可写。', en: 'Check that its folder exists and can be written.' },
  ),

  // workbooks and object-centric logs, read as hostile input
  'table.zip-broken': code(
    422,
    { zh: '{file} 已损坏：压缩包的内容对不上。', en: '{file} is damaged: its packed content does not check out.' },
    { zh: '重新导出或重新传输后再导入。', en: 'Export or transfer it again, then import it.' },
  ),
  'table.workbook-locked': code(
    415,
    { zh: '{file} 设了打开密码，读不了。', en: '{file} is protected by a password and cannot be read.' },
    { zh: '打开它，去掉密码后另存，再导入。', en: 'Open it, save it without the password, and import that file.' },
  ),
  'table.workbook-part-missing': code(
    422,
    { zh: '{file} 缺少应有的部分 {part}。', en: '{file} lacks its part {part}.' },
    {
      zh: '用 Excel 或 WPS 打开再保存一次；打不开就重新导出。',
      en: 'Open and save it in a spreadsheet; if it does not open, export it again.',
    },
  ),
  'table.workbook-broken': code(
    422,
    {
      zh: '{file} 第 {row} 行的单元格写得不合规范（{why}）。',
      en: '{file}, row {row}: a cell is written against the rules ({why}).',
    },
    { zh: '用 Excel 或 WPS 打开再保存一次，再导入。', en: 'Open and save it in a spreadsheet, then import it.' },
  ),
  'table.workbook-external': code(
    422,
    {
      zh: '{file} 的表格放在文件之外，不去读取。',
      en: '{file} keeps its tables outside the file; they are not fetched.',
    },
    { zh: '检查文件来源；请对方给出完整的工作簿。', en: 'Check where it comes from, and ask for the whole workbook.' },
  ),
  'table.workbook-external-value': code(
    422,
    {
      zh: '{file} 第 {row} 行 {column} 列的值取自另一个工作簿，无从核对。',
      en: '{file}, row {row}, column {column}: the value comes from another workbook and cannot be checked.',
    },
    {
      zh: '在原表里复制这些单元格，“选择性粘贴”→“数值”，保存后再导入。',
      en: 'Copy those cells, choose Paste Special → Values, save the file, and import it.',
    },
  ),
  'log.upload-gone': code(
    404,
    {
      zh: '这个上传的文件已经导入，或已过了一天。',
      en: 'The uploaded file was imported already, or is more than a day old.',
    },
    { zh: '重新选择文件。', en: 'Choose the file again.' },
  ),
  'log.ocel-too-large': code(
    413,
    {
      zh: '{file} 展开后超过 {limit} 个事件（一个事件在它涉及的每一件里各算一次）。',
      en: '{file} unfolds into more than {limit} events (an event counts in each of its cases).',
    },
    {
      zh: '按月分成几个文件，或换一种对象为办件（objectType）。',
      en: 'Split it by month, or choose other objects as cases (objectType).',
    },
  ),
  'log.json-broken': code(
    422,
    { zh: '{file} 第 {row} 行的 JSON 有错：{why}。', en: '{file}, line {row}: the JSON is broken: {why}.' },
    { zh: '文件可能被截断；请重新导出或重新传输。', en: 'The file may be cut off: export or transfer it again.' },
  ),
  'log.json-deep': code(
    422,
    { zh: '{file} 第 {row} 行嵌套超过 {limit} 层。', en: '{file}, line {row}: values nest deeper than {limit}.' },
    {
      zh: '检查文件来源；正常的 OCEL 不会这样。',
      en: 'Check where the file comes from; a sound OCEL log does not do this.',
    },
  ),
  'log.json-too-long': code(
    422,
    {
      zh: '{file} 第 {row} 行起的一个事件或对象大得没有尽头。',
      en: '{file}: an event or object that begins about line {row} does not end.',
    },
    { zh: '检查导出程序；大段附件不应写进日志。', en: 'Check the export; long attachments do not belong in a log.' },
  ),
  'log.ocel-not': code(
    415,
    {
      zh: '{file} 是 JSON，但不是 OCEL 2.0：缺少 objects 或 events。',
      en: '{file} is JSON but not OCEL 2.0: it lacks objects or events.',
    },
    { zh: '请原系统导出 OCEL 2.0、XES、XLSX 或 CSV。', en: 'Ask its system for OCEL 2.0, XES, XLSX or CSV.' },
  ),
  'log.ocel-version': code(
    415,
    { zh: '{file} 是 OCEL 1.0；这里读 OCEL 2.0。', en: '{file} is OCEL 1.0; OCEL 2.0 is read here.' },
    {
      zh: '用导出它的工具另存为 OCEL 2.0（.jsonocel）。',
      en: 'Save it as OCEL 2.0 (.jsonocel) with the tool that wrote it.',
    },
  ),
  'log.object-type-unknown': code(
    422,
    {
      zh: '{file} 里没有类型为“{type}”的对象。现有类型：{types}。',
      en: '{file} has no objects of type “{type}”. Its types: {types}.',
    },
    { zh: '把映射里的 objectType 改成现有的类型。', en: 'Correct objectType in the mapping.' },
  ),
  'log.ocel-case': code(
    422,
    {
      zh: '{file} 是面向对象的日志，办件就是对象；映射的 case 却写了“{column}”。',
      en: '{file} is object-centric: its cases are objects, but the mapping’s case names “{column}”.',
    },
    {
      zh: '把 case 写成 ocel:oid，用 objectType 指明哪种对象是办件。',
      en: 'Write ocel:oid for case, and say in objectType which objects are the cases.',
    },
  ),
  'table.sheet-unknown': code(
    422,
    {
      zh: '{file} 里没有叫“{sheet}”的工作表。现有：{sheets}。',
      en: '{file} has no sheet “{sheet}”. Its sheets: {sheets}.',
    },
    { zh: '把映射里的 sheet 改成现有的名称。', en: 'Correct sheet in the mapping.' },
  ),

  // table, log: files from other systems, read as hostile input
  'table.no-such-file': code(
    404,
    { zh: '找不到文件 {file}。', en: 'There is no file {file}.' },
    { zh: '检查路径和文件名。', en: 'Check the path and the name.' },
  ),
  'table.is-folder': code(
    422,
    { zh: '{file} 是文件夹，不是文件。', en: '{file} is a folder, not a file.' },
    { zh: '给出文件夹里的那个文件。', en: 'Name the file inside it.' },
  ),
  'table.no-right': code(
    403,
    { zh: '没有读取 {file} 的权限。', en: 'There is no right to read {file}.' },
    { zh: '请有权限的人把文件设为可读。', en: 'Have the file made readable.' },
  ),
  'table.empty': code(
    422,
    { zh: '{file} 是空的。', en: '{file} is empty.' },
    { zh: '从原系统重新导出。', en: 'Export it again from its system.' },
  ),
  'table.old-spreadsheet': code(
    415,
    {
      zh: '{file} 是旧式电子表格（.xls 或 .et），不能直接读。',
      en: '{file} is an old-style spreadsheet (.xls or .et), which is not read directly.',
    },
    {
      zh: '用 Excel 或 WPS 打开，“另存为”→“CSV UTF-8（逗号分隔）”，再导入那个文件。',
      en: 'Open it in Excel or WPS, choose Save As → CSV UTF-8 (comma delimited), and import that file.',
    },
  ),
  'table.workbook': code(
    415,
    {
      zh: '{file} 是二进制的 Excel 工作簿（.xlsb），不能直接读。',
      en: '{file} is a binary Excel workbook (.xlsb), which is not read directly.',
    },
    {
      zh: '用 Excel 或 WPS 打开，“另存为”→“Excel 工作簿（.xlsx）”，再导入那个文件。',
      en: 'Open it in Excel or WPS, choose Save As → Excel workbook (.xlsx), and import that file.',
    },
  ),
  'table.dbf': code(
    415,
    {
      zh: '{file} 是 dBASE 表（.dbf），不能直接读。',
      en: '{file} is a dBASE table (.dbf), which is not read directly.',
    },
    {
      zh: '用 WPS、Excel 或 LibreOffice 打开，另存为 CSV UTF-8，再导入那个文件。',
      en: 'Open it in WPS, Excel or LibreOffice, save it as CSV UTF-8, and import that file.',
    },
  ),
  'table.html': code(
    415,
    {
      zh: '{file} 其实是网页（不少系统把网页表格存成 .xls），不是数据文件。',
      en: '{file} is really a web page (many systems save one as .xls), not a file of data.',
    },
    {
      zh: '用 Excel 或 WPS 打开，另存为 CSV UTF-8，再导入那个文件。',
      en: 'Open it in Excel or WPS, save it as CSV UTF-8, and import that file.',
    },
  ),
  'table.document': code(
    415,
    {
      zh: '{file} 是 {format} 文档，里面没有可靠的行和列。',
      en: '{file} is a {format} document: it has no dependable rows.',
    },
    { zh: '请原系统导出 CSV 或 XES。', en: 'Ask its system for a CSV or XES export.' },
  ),
  'table.archive': code(
    415,
    { zh: '{file} 是 {format} 压缩包。', en: '{file} is a {format} archive.' },
    {
      zh: '先解压，再导入里面的日志文件（也可以用 gzip 压缩单个 CSV、XES 或 OCEL 文件）。',
      en: 'Unpack it and import the log inside (a CSV, XES or OCEL file packed with gzip is read too).',
    },
  ),
  'table.not-text': code(
    415,
    {
      zh: '{file} 是 {format} 文件，这里读 CSV、XLSX、XES 和 OCEL 2.0。',
      en: '{file} is a {format} file; CSV, XLSX, XES and OCEL 2.0 are read here.',
    },
    { zh: '请原系统导出其中一种。', en: 'Ask its system for an export as one of these.' },
  ),
  'table.encoding': code(
    422,
    {
      zh: '{file} 第 {row} 行（第 {offset} 字节）不是合法的 {encoding} 文字。',
      en: '{file}, line {row} (byte {offset}), is not sound {encoding} text.',
    },
    {
      zh: '在映射里用 encoding 写明编码，或从原系统以 UTF-8 重新导出。',
      en: 'Name the encoding in the mapping (encoding), or export it again as UTF-8.',
    },
  ),
  'table.gzip-cut-off': code(
    422,
    { zh: '{file} 的压缩数据不完整，文件在中途断了。', en: '{file} is cut off: its compressed data has no end.' },
    { zh: '重新传输或重新压缩后再导入。', en: 'Transfer or compress it again, then import it.' },
  ),
  'table.gzip-broken': code(
    422,
    { zh: '{file} 的压缩数据已损坏。', en: '{file} is damaged: its compressed data does not check out.' },
    { zh: '重新传输或重新压缩后再导入。', en: 'Transfer or compress it again, then import it.' },
  ),
  'table.gzip-bomb': code(
    413,
    {
      zh: '{file} 解压后膨胀得不合常理（已超过 {unpacked} MiB），已停止。',
      en: '{file} grows beyond all reason when unpacked (over {unpacked} MiB so far); stopped.',
    },
    {
      zh: '确认文件来源；如属正常，请先解压再导入。',
      en: 'Check where it comes from; if it is sound, unpack it first.',
    },
  ),
  'table.too-big': code(
    413,
    { zh: '{file} 太大（已超过 {unpacked} MiB）。', en: '{file} is too big (over {unpacked} MiB).' },
    { zh: '按月或按年分成几个文件导入。', en: 'Split it by month or year and import the parts.' },
  ),
  'table.column-too-large': code(
    413,
    { zh: '有一列的不同取值合计超过 {limit} MiB。', en: 'The distinct values of one column exceed {limit} MiB.' },
    {
      zh: '在映射的 attributes.exclude 里去掉长文本列。',
      en: 'Leave columns of long text out with attributes.exclude.',
    },
  ),
  'table.row-too-long': code(
    422,
    {
      zh: '{file} 第 {row} 行长得没有尽头，多半是有一个引号没有关上。',
      en: '{file}, row {row}, does not end; most likely a quote is not closed.',
    },
    { zh: '检查这一行的引号和换行。', en: 'Check the quotes and line breaks of that row.' },
  ),
  'table.quote-open': code(
    422,
    {
      zh: '{file} 第 {row} 行的引号到文件末尾都没有关上。',
      en: '{file}, row {row}: a quote is still open at the end of the file.',
    },
    { zh: '补上引号；如果文件被截断，请重新导出。', en: 'Close the quote; if the file was cut off, export it again.' },
  ),
  'table.too-many-columns': code(
    422,
    {
      zh: '{file} 第 {row} 行有 {cells} 列，超过上限 {limit}。',
      en: '{file}, row {row}, has {cells} columns; the most is {limit}.',
    },
    { zh: '检查分隔符是否正确，或只导出需要的列。', en: 'Check the delimiter, or export only the columns needed.' },
  ),
  'table.header-repeated': code(
    422,
    { zh: '{file} 有不止一列叫“{column}”，映射无法区分。', en: '{file} has several columns named “{column}”.' },
    { zh: '在文件里把它们改成不同的名称。', en: 'Give them different names in the file.' },
  ),
  'table.cancelled': code(
    409,
    { zh: '读取 {file} 已被取消。', en: 'Reading {file} was cancelled.' },
    { zh: '需要时重新导入。', en: 'Import it again when needed.' },
  ),
  // analysis: what is asked of a stored log
  'analysis.too-long': code(
    503,
    { zh: '这项分析超过了时间限度，已经停止。', en: 'This analysis took longer than it may and was stopped.' },
    { zh: '用筛选缩小范围后再试。', en: 'Narrow it by a filter, then try again.' },
  ),
  'analysis.out-of-memory': code(
    507,
    {
      zh: '这项分析的内存用尽，已经停止；其他分析不受影响。',
      en: 'This analysis ran out of memory and was stopped; others are not affected.',
    },
    {
      zh: '用筛选缩小范围后再试，或用命令行在内存更大的机器上分析。',
      en: 'Narrow it by a filter, or run it by command line on a machine with more memory.',
    },
  ),
  'analysis.stopped': code(
    503,
    { zh: '服务正在停止，这项分析没有完成。', en: 'The server is stopping; this analysis was not finished.' },
    { zh: '服务恢复后再试。', en: 'Try again when the server is back.' },
  ),
  'analysis.not-a-category': code(
    422,
    {
      zh: '不能按属性“{attribute}”筛选：它不是这个日志的分类属性，或者值太多，可能指向个人。',
      en: 'Cases cannot be filtered by the attribute “{attribute}”: it is no category of this log, or has so many values that it could name a person.',
    },
    { zh: '选用筛选栏里列出的属性。', en: 'Use an attribute that the filter offers.' },
  ),
  'analysis.not-judged': code(
    409,
    {
      zh: '这份日志还没有按程序“{procedure}”判断过。',
      en: 'This log has not been judged by the procedure “{procedure}”.',
    },
    { zh: '先按该程序判断这份日志。', en: 'Judge the log by that procedure first.' },
  ),

  'log.no-rows': code(
    422,
    { zh: '{file} 里没有任何事件。', en: '{file} holds no event.' },
    { zh: '检查导出的时间范围和条件。', en: 'Check the period and filters of the export.' },
  ),
  'log.cannot-guess': code(
    422,
    {
      zh: '{file} 里认不出这些角色的列：{roles}。现有列：{columns}。',
      en: '{file}: no column could be told for {roles}. Columns: {columns}.',
    },
    {
      zh: '在导入页上对照列，或写一个映射文件用 --map 给出（daylight log map 可以起草）。',
      en: 'Map the columns on the import page, or give a mapping with --map (daylight log map drafts one).',
    },
  ),
  'log.column-missing': code(
    422,
    {
      zh: '映射的 {role} 指向“{column}”，但 {file} 没有这一列。现有列：{columns}。',
      en: 'The mapping’s {role} names “{column}”, which {file} does not have. Columns: {columns}.',
    },
    { zh: '把映射里的列名改成现有的列。', en: 'Correct the name in the mapping.' },
  ),
  'log.column-missing-near': code(
    422,
    {
      zh: '映射的 {role} 指向“{column}”，但 {file} 没有这一列；是不是“{nearest}”？现有列：{columns}。',
      en: 'The mapping’s {role} names “{column}”, which {file} does not have; is “{nearest}” meant? Columns: {columns}.',
    },
    { zh: '把映射里的列名改成现有的列。', en: 'Correct the name in the mapping.' },
  ),
  'log.column-twice': code(
    422,
    {
      zh: '映射把“{column}”一列既当作 {first} 又当作 {second}。',
      en: 'The mapping takes the column “{column}” both as {first} and as {second}.',
    },
    { zh: '一列只担任一个角色，请改正映射。', en: 'A column has one role: correct the mapping.' },
  ),
  'log.time-ambiguous': code(
    422,
    {
      zh: '{file} 的“{column}”列形如 03/04/2024，分不清日和月。',
      en: '{file}: times in “{column}” look like 03/04/2024; day and month cannot be told apart.',
    },
    {
      zh: '在映射里写明 timeFormat: dmy（日在前）或 mdy（月在前）。',
      en: 'Say timeFormat: dmy (day first) or mdy (month first) in the mapping.',
    },
  ),
  'log.time-mixed': code(
    422,
    {
      zh: '{file} 的“{column}”列既有日在前的时间（{dmy} 行），也有月在前的（{mdy} 行）。',
      en: '{file}: “{column}” has day-first times ({dmy} rows) and month-first times ({mdy} rows).',
    },
    {
      zh: '在映射里写明 timeFormat；读不出的行会逐一列出。',
      en: 'Say timeFormat in the mapping; rows that do not fit will be listed one by one.',
    },
  ),
  'log.xml-broken': code(
    422,
    { zh: '{file} 第 {row} 行的 XML 有错：{why}。', en: '{file}, line {row}: the XML is broken: {why}.' },
    { zh: '文件可能被截断；请重新导出或重新传输。', en: 'The file may be cut off: export or transfer it again.' },
  ),
  'log.xml-doctype': code(
    422,
    {
      zh: '{file} 第 {row} 行带有 DTD；为防实体攻击，不予读取。',
      en: '{file}, line {row}, carries a DTD, which is refused as a way to attack by entities.',
    },
    { zh: '从文件里删去 <!DOCTYPE …> 声明。', en: 'Remove the <!DOCTYPE …> declaration.' },
  ),
  'log.xml-deep': code(
    422,
    {
      zh: '{file} 第 {row} 行的元素嵌套超过 {limit} 层。',
      en: '{file}, line {row}: elements nest deeper than {limit}.',
    },
    { zh: '检查文件来源；正常的 XES 不会这样。', en: 'Check where the file comes from; a sound XES does not do this.' },
  ),
  'log.unknown': code(
    404,
    { zh: '没有这份日志。', en: 'There is no such log.' },
    { zh: '从日志列表里选择。', en: 'Choose one from the list of logs.' },
  ),
  'log.unknown-case': code(
    404,
    { zh: '这份日志里没有这个办件。', en: 'The log has no such case.' },
    { zh: '检查办件编号；从日志页搜索。', en: 'Check the case id; search on the log’s page.' },
  ),
  'log.import-running': code(
    409,
    {
      zh: '这份日志正在导入另一个文件；本次导入没有开始，什么也没有改动。',
      en: 'Another file is being imported into this log; this import did not begin and changed nothing.',
    },
    { zh: '等那次导入结束后再导入。', en: 'Import it again when the other import has ended.' },
  ),
  'log.upload-too-big': code(
    413,
    { zh: '上传的文件超过上限 {limit} MiB。', en: 'The uploaded file exceeds {limit} MiB.' },
    { zh: '先用 gzip 压缩，或按月分成几个文件。', en: 'Compress it with gzip, or split it by month.' },
  ),
  'log.upload-without-file': code(
    400,
    {
      zh: '上传里没有文件，或字段 {field} 缺失或不合格式。',
      en: 'The upload has no file, or its field {field} is missing or malformed.',
    },
    { zh: '选择一个文件并填写名称后再提交。', en: 'Choose a file, give a name, and send it again.' },
  ),
  'log.mapping-unknown': code(
    404,
    { zh: '没有这个已保存的映射。', en: 'There is no such saved mapping.' },
    { zh: '从映射列表里选择。', en: 'Choose one from the list of mappings.' },
  ),
  'log.mapping-changed': code(
    409,
    {
      zh: '这个映射已被别人改过（现为第 {revision} 版）。',
      en: 'Somebody has changed this mapping meanwhile (it is at revision {revision}).',
    },
    { zh: '重新打开它，再做修改。', en: 'Open it again and make the change there.' },
  ),
  'log.procedure-unknown': code(
    404,
    { zh: '内容包里没有程序“{procedure}”。', en: 'The packs hold no procedure “{procedure}”.' },
    { zh: '从程序列表里选择。', en: 'Choose one from the list of procedures.' },
  ),
  'log.procedure-endless': code(
    422,
    {
      zh: '程序“{procedure}”到不了终点，没有一个办件能按它判定。',
      en: 'The procedure “{procedure}” cannot reach its end, so no case can be judged by it.',
    },
    { zh: '先用 daylight procedure check 检查这个程序。', en: 'Check it first with daylight procedure check.' },
  ),
  'log.mapping-named': code(
    409,
    { zh: '已有一个名为“{name}”的映射。', en: 'There is a mapping named “{name}” already.' },
    { zh: '换一个名称，或打开那个映射修改。', en: 'Give another name, or open that mapping and change it.' },
  ),
  'log.mapping-malformed': code(
    422,
    { zh: '映射的“{key}”不合格式：{why}。', en: 'The mapping’s “{key}” does not fit the format: {why}.' },
    { zh: '对照格式改正；不认识的键不会被忽略。', en: 'Correct it by the format; an unknown key is never ignored.' },
  ),
  'log.xml-root': code(
    422,
    {
      zh: '{file} 不是 XES 日志：根元素是 <{root}>，应为 <log>。',
      en: '{file} is no XES log: its root is <{root}>, not <log>.',
    },
    {
      zh: '模型文件（BPMN、PNML）请用 --model 给出；日志请导出为 XES 或 CSV。',
      en: 'Give a model (BPMN, PNML) with --model; export the log as XES or CSV.',
    },
  ),

  // plan: how a log is judged
  'plan.missing-column': code(
    422,
    {
      zh: '方案用到的列“{column}”在日志里没有；有的列：{columns}。',
      en: 'The plan uses the column “{column}”, which the log does not have; it has: {columns}.',
    },
    { zh: '改正方案或日志的映射。', en: 'Correct the plan or the log’s mapping.' },
  ),
  'plan.loosens': code(
    422,
    {
      zh: '承诺时限 {promised} 比法定时限 {statutory} 长。',
      en: 'The promised limit {promised} is longer than the statutory limit {statutory}.',
    },
    { zh: '承诺只能缩短法定时限；改正方案。', en: 'A promise may only shorten the statutory limit; correct the plan.' },
  ),
  'plan.unknown-check': code(
    422,
    { zh: '没有名为“{check}”的检查；有：{checks}。', en: 'There is no check called “{check}”; there are: {checks}.' },
    { zh: '改正方案里的名称。', en: 'Correct the name in the plan.' },
  ),

  // cli: what a command line asks for
  'cli.usage': code(
    422,
    { zh: '命令写得不对：{why}。', en: 'The command cannot be read: {why}.' },
    { zh: '运行 daylight --help 查看全部命令。', en: 'Run daylight --help for all commands.' },
  ),
  'cli.no-such-path': code(
    422,
    { zh: '找不到 {path}。', en: 'There is no {path}.' },
    { zh: '检查路径后重新运行。', en: 'Check the path and run it again.' },
  ),
  'cli.interrupted': code(
    409,
    { zh: '已中断（Ctrl-C），什么也没有写。', en: 'Interrupted (Ctrl-C); nothing was written.' },
    { zh: '需要结果的，重新运行这条命令。', en: 'Run the command again where its result is needed.' },
  ),
  'plan.unknown-parameter': code(
    422,
    {
      zh: '检查“{check}”用到的参数“{parameter}”没有值。',
      en: 'Check “{check}” names the parameter “{parameter}”, which has no value.',
    },
    { zh: '在 parameters.yml 里加上它。', en: 'Add it to parameters.yml.' },
  ),
  // example: the fictional county
  'example.cannot-write': code(
    422,
    { zh: '写不进 {folder}（{why}）。', en: 'Cannot write to {folder} ({why}).' },
    { zh: '换一个可写且有空间的文件夹。', en: 'Name a folder that is writable and has room.' },
  ),
  'example.bad-number': code(
    422,
    {
      zh: '{name} 的值 {value} 不可用，应为 {range} 的整数。',
      en: '{name} cannot be {value}: a whole number, {range}.',
    },
    { zh: '改正后重新运行。', en: 'Correct it and run again.' },
  ),
  'plan.unknown': code(
    404,
    { zh: '没有名为“{plan}”的监察方案。', en: 'There is no plan called “{plan}”.' },
    { zh: '检查名称，或先保存方案。', en: 'Check the name, or save the plan first.' },
  ),
  'plan.of-other-region': code(
    409,
    {
      zh: '另一个地区已用“{plan}”这个名称保存了方案。',
      en: 'Another region has saved a plan under the name “{plan}”.',
    },
    { zh: '换一个名称再保存。', en: 'Save it under another name.' },
  ),

  // finding: what may become of a doubt
  'finding.unknown': code(
    404,
    { zh: '没有编号为 {finding} 的疑点。', en: 'There is no finding {finding}.' },
    { zh: '核对编号；末位是校验码。', en: 'Check the number; its last digit is a check digit.' },
  ),
  'finding.not-a-person': code(
    403,
    { zh: '疑点只能由人核实，程序不能代为决定。', en: 'Only a person may decide on a finding, never a program.' },
    { zh: '以经办人员身份登录后办理。', en: 'Sign in as an officer and decide.' },
  ),
  'finding.reason-too-short': code(
    422,
    { zh: '理由少于 {least} 个字。', en: 'The reason has fewer than {least} letters.' },
    { zh: '写明核实了什么、依据是什么。', en: 'Say what was verified and what it rests on.' },
  ),
  'finding.own-case': code(
    403,
    {
      zh: '您是这条疑点涉及的经办人，不能自己核实。',
      en: 'You are an officer whom this finding is about and may not verify it.',
    },
    { zh: '请另一位人员核实。', en: 'Let another officer verify it.' },
  ),
  'finding.already-decided': code(
    409,
    { zh: '这条疑点已有结论（{state}）。', en: 'This finding has been decided ({state}).' },
    {
      zh: '查看核实记录；有新情况的，等来源更新后重新监察。',
      en: 'Read its history; if facts have changed, judge again once the source is updated.',
    },
  ),
  'finding.not-an-issue': code(
    409,
    {
      zh: '只有核实属实的问题才能作为线索移交（现在是 {state}）。',
      en: 'Only an upheld issue may be passed on as a lead (it is {state}).',
    },
    { zh: '先核实。', en: 'Verify it first.' },
  ),
  'finding.lead-under-way': code(
    409,
    { zh: '已经申请过移交线索。', en: 'Passing it on has been asked for already.' },
    { zh: '等待审批结果。', en: 'Wait for the decision.' },
  ),
  'finding.no-lead-asked': code(
    409,
    { zh: '没有待审批的线索移交申请。', en: 'Nobody has asked to pass it on.' },
    { zh: '先由核实人员提出申请。', en: 'Let the verifying officer ask first.' },
  ),
  'finding.own-request': code(
    403,
    { zh: '申请移交的人不能审批自己的申请。', en: 'Who asked to pass it on may not approve it.' },
    { zh: '请另一位有权人员审批。', en: 'Let another authorised officer decide.' },
  ),
  'plan.none-judged': code(
    404,
    { zh: '这份日志还没有按任何方案监察过。', en: 'No plan has judged this log yet.' },
    { zh: '先选一份方案运行监察。', en: 'Choose a plan and judge it first.' },
  ),
  'check.unknown': code(
    404,
    { zh: '没有名为“{check}”的检查；有：{checks}。', en: 'There is no check called “{check}”; there are: {checks}.' },
    { zh: '从检查目录里选一项。', en: 'Choose one from the list of checks.' },
  ),

  // discovery and export: a proposal from a log, a net written as a file
  'discovery.noise': code(
    422,
    { zh: '噪声阈值 {noise} 不可用：应在 0 到 1 之间。', en: 'A noise threshold of {noise} will not do: 0 to 1.' },
    {
      zh: '0 保留每一件；0.2 常用来略去少见的走法。',
      en: 'Give 0 to keep every case; 0.2 often leaves rare ways out.',
    },
  ),
  'procedure.too-wide-to-compare': code(
    422,
    {
      zh: '这个程序有超过 {limit} 个状态，而且有的选择取决于另一个分支，次序关系算不出来。',
      en: 'The procedure has more than {limit} states and choices that depend on another branch: its order relations cannot be told.',
    },
    { zh: '把这样的选择改成普通的选择网关，或先改小。', en: 'Make such choices plain ones, or make it smaller first.' },
  ),
  'discovery.not-sound': code(
    422,
    { zh: '{file} 不健全，无法对照：{why}', en: '{file} is not sound and cannot be compared: {why}' },
    { zh: '先按这句话改正流程。', en: 'Correct it first, as this sentence says.' },
  ),
  'proposal.unknown': code(
    404,
    { zh: '没有这份流程提议。', en: 'There is no such proposal.' },
    { zh: '回到提议的列表再选。', en: 'Choose one from the list of proposals.' },
  ),
  'proposal.changed-since': code(
    409,
    { zh: '这份提议在您打开之后又被保存过。', en: 'This proposal has been saved by someone since you opened it.' },
    { zh: '先把您的改动导出为 BPMN，再打开最新的一份。', en: 'Export your changes as BPMN, then open the latest one.' },
  ),
  'discovery.no-cases': code(
    422,
    {
      zh: '没有已办结的办件（{open} 件还在办），提不出流程。',
      en: 'No case has ended ({open} are open): nothing to propose from.',
    },
    { zh: '等办件办结，或换一份日志。', en: 'Wait until cases have ended, or take another log.' },
  ),
  'net.unwritable': code(
    422,
    { zh: '“{name}”这个名称写不进 PNML。', en: 'The name “{name}” cannot be written as PNML.' },
    {
      zh: '去掉名称里的控制字符、首尾的换行，名称也不能为空。',
      en: 'Take out control characters and outer line breaks; a name may not be empty.',
    },
  ),
  'procedure.unwritable': code(
    422,
    { zh: '“{name}”这个名称写进 BPMN 后读不回原样。', en: 'The name “{name}” would not read back the same from BPMN.' },
    {
      zh: '去掉名称里的换行、连续或首尾的空格和控制字符，或者改用 PNML。',
      en: 'Take out line breaks, doubled or outer spaces and control characters, or use PNML.',
    },
  ),
  'procedure.no-bpmn-form': code(
    422,
    { zh: '这个网不能用 BPMN 表达：{why}。', en: 'This net cannot be said in BPMN: {why}.' },
    { zh: '改用 PNML 导出，或先改写这一处。', en: 'Export it as PNML, or rewrite that place first.' },
  ),
} as const satisfies Record<string, CodeEntry>

/** A permanent code of a refusal. */
export type RefusalCode = keyof typeof refusalCodes
