<?php

namespace FarmSiteMatrix;

use LanguageCode;

/**
 * The wikis of the farm, sorted into languages and special ones.
 */
class Matrix {

	private const PROJECTS = '/^([a-z-]+)\.(?:wikipedia|wiktionary|wikisource|wikiquote)\.org$/';

	private array $languages = [];
	private array $specials = [];
	private int $count;

	/** @param string $run the folder of the farm's run */
	public function __construct( string $run ) {
		$wikis = json_decode( file_get_contents( "$run/wikis.json" ), true );
		$states = json_decode( @file_get_contents( "$run/states.json" ) ?: '{}', true );
		$this->count = count( $wikis );
		foreach ( $wikis as $dbname => $wiki ) {
			$this->add( $dbname, $wiki, array_filter( $states[$dbname] ?? [] ) );
		}
		ksort( $this->languages );
	}

	private function add( string $dbname, array $wiki, array $states ): void {
		$site = [
			'url' => "https://{$wiki['host']}",
			'dbname' => $dbname,
			'lang' => $wiki['language'],
			'sitename' => $wiki['sitename'],
		] + $states;
		if ( preg_match( self::PROJECTS, $wiki['host'], $match ) ) {
			$prefix = str_replace( '-', '_', $match[1] );
			// The group bears the code of today, whatever stands in the address: "yue" for zh-yue.
			$this->languages[LanguageCode::replaceDeprecatedCodes( $match[1] )][] = $site + [ 'code' => substr( $dbname, strlen( $prefix ) ) ];
		} else {
			$this->specials[] = $site + [ 'code' => preg_replace( '/wiki$/', '', $dbname ) ];
		}
	}

	/** How many wikis there are. */
	public function count(): int {
		return $this->count;
	}

	/** The languages in order of their codes, each with "code" and "site", a list. */
	public function languages(): array {
		$groups = [];
		foreach ( $this->languages as $code => $sites ) {
			$groups[] = [ 'code' => $code, 'site' => $sites ];
		}
		return $groups;
	}

	/** The wikis that belong to no language. */
	public function specials(): array {
		return $this->specials;
	}
}
