<?php
/**
 * The settings of every wiki of the test farm.
 *
 * The wiki is chosen by the Host header, by the first part of the path where a
 * browser asks (see router.php), or by FARM_WIKI on the command line.  These
 * files in the folder of the run are read at each request:
 *
 *   wikis.json            the wikis, as described in wikis.yaml
 *   switch/<dbname>.json  what a test has switched: "wg..." variables, and
 *                         "load", a list of extensions
 *   states.json           which wikis are closed, private, fishbowl
 *   epoch                 a number that makes caches forget
 */

if ( !defined( 'MEDIAWIKI' ) ) {
	exit;
}

ini_set( 'display_errors', '0' );

$farmRun = getenv( 'FARM_RUN' );
$farmWikis = json_decode( file_get_contents( "$farmRun/wikis.json" ), true );

$farmName = ( static function () use ( $farmWikis ): string {
	$name = PHP_SAPI === 'cli' ? getenv( 'FARM_WIKI' ) : ( $_SERVER['FARM_WIKI'] ?? null );
	if ( $name !== null && $name !== false ) {
		return $name;
	}
	$host = strtolower( strtok( $_SERVER['HTTP_HOST'] ?? '', ':' ) );
	foreach ( $farmWikis as $candidate => $wiki ) {
		if ( $wiki['host'] === $host ) {
			return $candidate;
		}
	}
	return '';
} )();
if ( !isset( $farmWikis[$farmName] ) ) {
	http_response_code( 404 );
	echo "The farm has no such wiki\n";
	exit( 1 );
}
$farmWiki = $farmWikis[$farmName];

// Names and addresses
$farmPrefix = $_SERVER['FARM_PREFIX'] ?? '';
$wgSitename = $farmWiki['sitename'];
$wgLanguageCode = $farmWiki['language'];
$wgCanonicalServer = 'https://' . $farmWiki['host'];
$wgServer = $farmPrefix === '' ? $wgCanonicalServer : 'http://' . $_SERVER['HTTP_HOST'];
$wgScriptPath = "$farmPrefix/w";
$wgArticlePath = "$farmPrefix/wiki/\$1";
$wgUsePathInfo = true;
if ( PHP_SAPI !== 'cli' && $farmPrefix === '' ) {
	// Clients speak to the wiki as they do to Wikimedia, by https.
	$_SERVER['HTTPS'] = 'on';
}

if ( $farmPrefix !== '' ) {
	// A browser follows links to the wikis of the farm, and never leaves it by them.
	$wgHooks['BeforePageDisplay'][] = static function ( $out ) use ( $farmWikis ) {
		$addresses = [];
		foreach ( $farmWikis as $name => $wiki ) {
			$addresses["href=\"https://{$wiki['host']}/"] = "href=\"http://{$_SERVER['HTTP_HOST']}/=$name/";
		}
		$html = $out->getHTML();
		$out->clearHTML();
		$out->addHTML( strtr( $html, $addresses ) );
	};
}

// The database
$wgDBtype = 'sqlite';
$wgDBname = $farmName;
$wgSQLiteDataDir = "$farmRun/data";
$wgDBservers = [ [
	'type' => 'sqlite',
	'dbname' => $farmName,
	'dbDirectory' => $wgSQLiteDataDir,
	'trxMode' => 'IMMEDIATE',
	'variables' => [ 'synchronous' => 'NORMAL' ],
	'flags' => DBO_DEFAULT,
	'load' => 1,
] ];

// Caches and sessions, shared by the workers of the server
$farmEpoch = (int)@file_get_contents( "$farmRun/epoch" );
$wgCachePrefix = "$farmName-$farmEpoch";
require_once __DIR__ . '/FarmCache.php';
$wgObjectCaches['farm'] = [ 'class' => FarmCache::class, 'epoch' => $farmEpoch ];
$wgMainCacheType = PHP_SAPI === 'cli' ? CACHE_NONE : 'farm';
$wgMessageCacheType = $wgMainCacheType;
$wgParserCacheType = CACHE_NONE;
$wgObjectCaches['farm-sessions'] = [
	'class' => PHP_SAPI === 'cli' ? EmptyBagOStuff::class : APCUBagOStuff::class,
	'keyspace' => $farmName,
];
$wgSessionCacheType = 'farm-sessions';
$wgEnableSidebarCache = false;
$wgUseLocalMessageCache = false;

// What is asked is done before the answer is sent, so that a test that has its
// answer may look at all that follows from it.
$wgForceDeferredUpdatesPreSend = true;
$wgJobRunRate = 10;
$wgRunJobsAsync = false;

// Quiet, and closed to the outside
$wgShowExceptionDetails = true;
$wgDebugLogFile = '';
$wgEnableEmail = false;
$wgEnableUploads = false;
$wgPingback = false;
$wgHTTPProxy = 'http://127.0.0.1:9';
$wgLocalVirtualHosts = [];
$wgUpgradeKey = false;
$wgSecretKey = str_repeat( 'farm', 16 );
$wgShellLocale = 'C.UTF-8';
$wgLocaltimezone = 'UTC';
$wgDiff3 = is_executable( '/usr/bin/diff3' ) ? '/usr/bin/diff3' : '';

// Accounts
$wgEnableBotPasswords = true;
$wgPasswordConfig['pbkdf2']['cost'] = '1';
$wgRateLimits = [];
// Temporary accounts are known by their names (from 1.43 on), but an edit without an account makes none.
$wgAutoCreateTempUser['known'] = true;
$wgGroupPermissions['massmessage-sender']['read'] = true;
$wgGroupPermissions['steward']['userrights'] = true;
$wgGroupPermissions['bot']['noratelimit'] = true;

wfLoadSkin( 'Vector' );
$wgDefaultSkin = 'vector';

// Lists of other sites are not asked for; what a wiki's own pages say holds.
$wgBlacklistSettings['spam']['files'] = [];

foreach ( $farmWiki['settings'] as $farmKey => $farmValue ) {
	$GLOBALS["wg$farmKey"] = is_array( $farmValue ) && is_array( $GLOBALS["wg$farmKey"] ?? null )
		? array_replace_recursive( $GLOBALS["wg$farmKey"], $farmValue )
		: $farmValue;
}

// What the test has switched
$farmSwitch = json_decode( @file_get_contents( "$farmRun/switch/$farmName.json" ) ?: '{}', true );
$farmExtensions = array_unique( array_merge( [ 'ParserFunctions' ], $farmSwitch['load'] ?? [] ) );
sort( $farmExtensions );
$farmSwitchedOn = array_intersect( $farmExtensions, [ 'TemplateStyles' ] );
wfLoadExtensions( array_diff( $farmExtensions, $farmSwitchedOn ) );
foreach ( $farmSwitchedOn as $farmStandIn ) {
	$farmFolder = getenv( 'FARM_SOURCE' ) . '/' . strtolower( $farmStandIn );
	wfLoadExtension( $farmStandIn, "$farmFolder/extension.json" );
}
wfLoadExtension( 'FarmGlobalUserInfo', getenv( 'FARM_SOURCE' ) . '/globaluserinfo/extension.json' );
$wgFarmGlobalUserInfoRun = $farmRun;
foreach ( [ 'SiteMatrix', 'Wikibase', 'MassMessage' ] as $farmStandIn ) {
	$farmFolder = getenv( 'FARM_SOURCE' ) . '/' . strtolower( $farmStandIn );
	wfLoadExtension( "Farm$farmStandIn", "$farmFolder/extension.json" );
	$GLOBALS["wgFarm{$farmStandIn}Run"] = $farmRun;
}
$wgFarmMassMessageGlobal = $farmName === 'metawiki';
if ( $farmName === 'wikidatawiki' ) {
	$wgAPIModules['wbgetentities'] = FarmWikibase\ApiGetEntities::class;
}
foreach ( $farmSwitch as $farmKey => $farmValue ) {
	if ( str_starts_with( $farmKey, 'wg' ) ) {
		$GLOBALS[$farmKey] = $farmValue;
	}
}

// What the states of the wiki mean
$farmStates = json_decode( @file_get_contents( "$farmRun/states.json" ) ?: '{}', true )[$farmName] ?? [];
if ( $farmStates['closed'] ?? false ) {
	$wgRevokePermissions['*']['edit'] = true;
}
if ( $farmStates['fishbowl'] ?? false ) {
	$wgGroupPermissions['*']['edit'] = $wgGroupPermissions['user']['edit'] = false;
	$wgGroupPermissions['sysop']['edit'] = true;
}
if ( $farmStates['private'] ?? false ) {
	$wgGroupPermissions['*']['read'] = $wgGroupPermissions['*']['edit'] = false;
}

// A wiki that does not answer: "farmDown", the status by which it says so.
if ( PHP_SAPI !== 'cli' && isset( $farmSwitch['farmDown'] ) ) {
	http_response_code( $farmSwitch['farmDown'] );
	exit( 1 );
}

// Lag of the databases, in seconds, for clients that send "maxlag": "farmLag".
if ( isset( $farmSwitch['farmLag'] ) ) {
	$wgHooks['ApiMaxLagInfo'][] = static function ( array &$lag ) use ( $farmSwitch ) {
		$lag = [ 'host' => 'invented', 'lag' => $farmSwitch['farmLag'], 'type' => 'db' ];
	};
}

// Compiled messages, kept between runs; each set of extensions has its own.
$wgLocalisationCacheConf['store'] = 'array';
$wgLocalisationCacheConf['storeDirectory'] =
	getenv( 'FARM_MESSAGES' ) . '/' . md5( implode( '|', $farmExtensions ) );
if ( !is_dir( $wgLocalisationCacheConf['storeDirectory'] ) ) {
	@mkdir( $wgLocalisationCacheConf['storeDirectory'], 0777, true );
}
