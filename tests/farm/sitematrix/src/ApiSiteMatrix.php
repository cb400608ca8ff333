<?php

namespace FarmSiteMatrix;

use ApiBase;
use ApiResult;
use Wikimedia\ParamValidator\ParamValidator;

/**
 * action=sitematrix, answered from wikis.json and states.json.
 */
class ApiSiteMatrix extends ApiBase {

	private const STATES = [ 'closed', 'private', 'fishbowl', 'nonglobal' ];

	/** @param \ApiMain $main @param string $moduleName */
	public function __construct( $main, $moduleName ) {
		parent::__construct( $main, $moduleName, 'sm' );
	}

	/** @inheritDoc */
	public function execute() {
		$params = $this->extractRequestParams();
		$matrix = new Matrix( $this->getConfig()->get( 'FarmSiteMatrixRun' ) );
		$answer = [ 'count' => $matrix->count() ];
		if ( in_array( 'language', $params['type'] ) ) {
			foreach ( $matrix->languages() as $number => $group ) {
				$answer[$number] = $this->language( $group, $params );
			}
		}
		if ( in_array( 'special', $params['type'] ) ) {
			$always = [ 'siteprop' => array_merge( $params['siteprop'], [ 'url' ] ) ];
			$answer['specials'] = $this->sites( $matrix->specials(), $always + $params );
		}
		$this->getResult()->addValue( null, $this->getModuleName(), array_filter( $answer ) );
	}

	/** One language with its wikis; nothing if none of them is asked for. */
	private function language( array $group, array $params ): array {
		$names = new LanguageNames( $this->getLanguage()->getCode() );
		$sites = $this->sites( $group['site'], $params );
		if ( count( $sites ) === 1 ) {
			// The tag name alone: no wiki is left.
			return [];
		}
		$all = [
			'code' => $group['code'],
			'name' => $names->own( $group['code'] ),
			'site' => $sites,
			'localname' => $names->local( $group['code'] ),
			'dir' => $names->direction( $group['site'][0]['lang'] ),
		];
		return array_intersect_key( $all, array_fill_keys( $params['langprop'], true ) );
	}

	private function sites( array $sites, array $params ): array {
		$wanted = array_fill_keys( array_merge( $params['siteprop'], self::STATES ), true );
		$told = [];
		foreach ( $sites as $site ) {
			$states = array_intersect_key( $site, array_flip( $params['state'] ) );
			if ( $states || in_array( 'all', $params['state'] ) ) {
				$told[] = array_intersect_key( $site, $wanted );
			}
		}
		ApiResult::setIndexedTagName( $told, 'site' );
		return $told;
	}

	/** @inheritDoc */
	public function getAllowedParams() {
		return [
			'type' => self::several( [ 'special', 'language' ] ),
			'state' => self::several( array_merge( [ 'all' ], self::STATES ), 'all' ),
			'langprop' => self::several( [ 'code', 'name', 'site', 'localname', 'dir' ] ),
			'siteprop' => self::several( [ 'url', 'dbname', 'code', 'sitename', 'lang' ] ),
		];
	}

	private static function several( array $values, ?string $default = null ): array {
		return [
			ParamValidator::PARAM_DEFAULT => $default ?? implode( '|', $values ),
			ParamValidator::PARAM_TYPE => $values,
			ParamValidator::PARAM_ISMULTI => true,
		];
	}
}
